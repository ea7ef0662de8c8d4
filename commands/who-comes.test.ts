import { expect, test } from 'vitest';
import { otherNameFor } from './who-comes.ts';

const ORIGIN = 'http://127.0.0.1:3001';
const asked = (host: string, url = '/mcp') => otherNameFor({ headers: { host }, url }, ORIGIN);

test('a client that comes by another name of this machine is told so', () => {
  expect(asked('localhost:3001')).toBe('http://localhost:3001');
  expect(asked('LOCALHOST:3001', '/mcp?a=1')).toBe('http://LOCALHOST:3001');
  expect(asked('[::1]:3001', '/.well-known/oauth-protected-resource/mcp')).toBe(
    'http://[::1]:3001',
  );
});

test('the right name, another port of it, a stranger, and a page are not', () => {
  expect(asked('127.0.0.1:3001')).toBeUndefined();
  expect(asked('127.0.0.1:8080')).toBeUndefined();
  expect(asked('localhost.evil.example:3001')).toBeUndefined();
  expect(asked('localhost:3001', '/authorize?client_id=x')).toBeUndefined();
});
