import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readSettings, SettingsError } from '../src/settings.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const whole = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://mcp.example.com',
  ISSUER: 'https://login.example.com',
  DATA_FOLDER: '/var/lib/weather-server',
  WEATHER_API_URL: 'https://weather.example.com/v1/',
  WEATHER_API_KEY: 'weather-secret',
  WEATHER_KEKS: `v1=${KEY}`,
  AUDIT_CHAIN_KEY: KEY,
};

const problemsOf = (environment: Record<string, string>): string => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
};

test('takes a whole environment', () => {
  const { isProduction, origin, issuer, allowedHosts, weatherApi } = readSettings(whole);
  expect({ isProduction, origin, issuer, allowedHosts, weatherApi }).toEqual({
    isProduction: true,
    origin: 'https://mcp.example.com',
    issuer: 'https://login.example.com',
    allowedHosts: ['mcp.example.com'],
    weatherApi: { url: 'https://weather.example.com/v1/', key: 'weather-secret' },
  });
});

test('needs nothing in development, and makes other secrets at each start', () => {
  const [one, other] = [readSettings({}), readSettings({})];
  expect(one.secrets.keyEncryptionKeys).not.toBe(other.secrets.keyEncryptionKeys);
  expect(one.secrets.auditChainKey.equals(other.secrets.auditChainKey)).toBe(false);
  expect(one.host).toBe('127.0.0.1');
});

test.each(Object.keys(whole).filter((name) => name !== 'NODE_ENV'))(
  'needs %s in production, and says so',
  (name) => {
    for (const environment of [{ ...whole, [name]: '' }, omit(whole, name)]) {
      expect(problemsOf(environment)).toContain(`${name} is needed in production.`);
    }
  },
);

test.each([
  ['PUBLIC_URL', 'http://mcp.example.com'],
  ['PUBLIC_URL', 'https://mcp.example.com/mcp'],
  ['ISSUER', 'http://login.example.com'],
  ['ALLOWED_ORIGINS', 'https://app.example, *'],
  ['WEATHER_API_URL', 'http://weather.example.com/v1/'],
  ['WEATHER_API_URL', 'https://weather.example.com/v1'],
  ['AUDIT_CHAIN_KEY', 'short'],
  ['PORT', 'http'],
  ['NODE_ENV', 'prod'],
])('refuses %s=%s', (name, value) => {
  expect(problemsOf({ ...whole, [name]: value })).toMatch(new RegExp(`^${name} `, 'm'));
});

test('says all that is wrong at once, and no secret', () => {
  const problems = problemsOf({ ...whole, PORT: '-1', AUDIT_CHAIN_KEY: 'c2VjcmV0', ISSUER: '' });
  expect(problems.split('\n').length).toBeGreaterThan(1);
  expect(problems).not.toContain('c2VjcmV0');
});

test('reads a secret from a file, and refuses two sources of one', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'settings-'));
  const file = path.join(folder, 'key');
  try {
    writeFileSync(file, 'from a file\n');
    const { WEATHER_API_KEY: _given, ...rest } = whole;
    expect(readSettings({ ...rest, WEATHER_API_KEY_FILE: file }).weatherApi?.key).toBe(
      'from a file',
    );
    expect(problemsOf({ ...whole, WEATHER_API_KEY_FILE: file })).toContain('given twice');
    expect(problemsOf({ ...rest, WEATHER_API_KEY_FILE: `${file}x` })).toContain('(ENOENT)');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each(['https://store.example', 'store.example:6379', 'redis//store'])(
  'takes no other kind of store: %s',
  (url) => {
    expect(problemsOf({ STORE_URL: url })).toContain('STORE_URL cannot be used: is an address');
  },
);

test('does not repeat the password of a store that cannot be used', () => {
  expect(problemsOf({ STORE_URL: 'http://weather:a-password@store' })).not.toContain('a-password');
});

function omit(environment: Record<string, string>, name: string): Record<string, string> {
  const { [name]: _left, ...rest } = environment;
  return rest;
}
