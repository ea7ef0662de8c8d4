/**
 * What the operator decides, from the environment: read once, when the server starts, and checked as
 * a whole. In production nothing that matters has a default.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DeploymentSecrets } from '../../../exercises/weather-server/world/world.ts';

export interface Settings {
  isProduction: boolean;
  host: string;
  port: number;
  /** Where clients reach the server: scheme, host and port, without a path. */
  origin: string;
  /** The authorization server; undefined: the one that comes with the server, for trying out. */
  issuer: string | undefined;
  allowedOrigins: string[];
  /** Names under which the server may be addressed, without port. */
  allowedHosts: string[];
  dataFolder: string;
  /** Undefined: made-up weather, for trying out. */
  weatherApi: { url: string; key: string } | undefined;
  secrets: DeploymentSecrets;
  /** What several processes share; undefined: there is one process. */
  storeUrl: string | undefined;
  logLevel: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** All that is wrong, a line each. No value of a secret is in it. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const KEY_BYTES = 32;

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
const isHttps = (text: string): boolean =>
  URL.canParse(text) && new URL(text).protocol === 'https:';
const isStoreUrl = (text: string): boolean =>
  URL.canParse(text) && ['redis:', 'rediss:'].includes(new URL(text).protocol);
const list = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

const key = z
  .string()
  .refine(
    (text) => Buffer.from(text, 'base64').length === KEY_BYTES,
    `is ${KEY_BYTES} random bytes in base64`,
  )
  .optional();

const variables = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  PUBLIC_URL: z.string().refine(isOrigin, 'is scheme, host and port, without a path').optional(),
  ISSUER: z.string().refine(isHttps, 'is an https URL').optional(),
  ALLOWED_ORIGINS: z
    .string()
    .transform(list)
    .refine(
      (origins) => origins.every(isOrigin),
      'is a list of origins, such as https://app.example',
    )
    .default([]),
  DATA_FOLDER: z.string().min(1).optional(),
  WEATHER_API_URL: z
    .string()
    .refine((text) => isHttps(text) && text.endsWith('/'), 'is an https URL that ends in /')
    .optional(),
  WEATHER_API_KEY: z.string().min(1).optional(),
  WEATHER_KEKS: z.string().min(1).optional(),
  AUDIT_CHAIN_KEY: key,
  STORE_URL: z
    .string()
    .refine(isStoreUrl, 'is an address such as rediss://user:password@store.example:6379')
    .optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/** Each may also be given as the name of a file that holds it, in a variable that ends in `_FILE`. */
const SECRETS = ['WEATHER_API_KEY', 'WEATHER_KEKS', 'AUDIT_CHAIN_KEY', 'STORE_URL'] as const;
/** What a server that others rely on cannot do without. */
const NEEDED_IN_PRODUCTION = [
  'PUBLIC_URL',
  'ISSUER',
  'DATA_FOLDER',
  'WEATHER_API_URL',
  'WEATHER_API_KEY',
  'WEATHER_KEKS',
  'AUDIT_CHAIN_KEY',
] as const;

/** Throws `SettingsError`. */
export function readSettings(environment: Environment): Settings {
  const problems: string[] = [];
  const given = withSecretsFromFiles(environment, problems);
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    for (const {
      path: [name],
      message,
    } of parsed.error.issues) {
      problems.push(`${String(name)} cannot be used: ${message}.`);
    }
    throw new SettingsError(problems.join('\n'));
  }
  const read = parsed.data;
  const isProduction = read.NODE_ENV === 'production';
  if (isProduction) {
    for (const name of NEEDED_IN_PRODUCTION) {
      if (read[name] === undefined) problems.push(`${name} is needed in production.`);
    }
    if (read.PUBLIC_URL !== undefined && !isHttps(read.PUBLIC_URL)) {
      problems.push('PUBLIC_URL begins with https:// in production.');
    }
  }
  if ((read.WEATHER_API_URL === undefined) !== (read.WEATHER_API_KEY === undefined)) {
    problems.push('WEATHER_API_URL and WEATHER_API_KEY go together.');
  }
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));

  const origin = read.PUBLIC_URL ?? `http://127.0.0.1:${read.PORT}`;
  const { WEATHER_API_URL: url, WEATHER_API_KEY: key } = read;
  return {
    isProduction,
    host: read.HOST,
    port: read.PORT,
    origin,
    issuer: read.ISSUER,
    allowedOrigins: read.ALLOWED_ORIGINS,
    allowedHosts: [...new Set([new URL(origin).hostname, ...(isProduction ? [] : LOOPBACK)])],
    dataFolder: path.resolve(read.DATA_FOLDER ?? 'data'),
    weatherApi: url !== undefined && key !== undefined ? { url, key } : undefined,
    secrets: {
      keyEncryptionKeys: read.WEATHER_KEKS ?? `v1=${randomBytes(32).toString('base64')}`,
      auditChainKey: bytesOf(read.AUDIT_CHAIN_KEY),
      // Made anew by each process, which is what remembers the states that were used: under a key that
      // outlives it, they would be good once more. Whoever was asked before is asked again.
      requestStateKey: randomBytes(KEY_BYTES),
    },
    storeUrl: read.STORE_URL,
    logLevel: read.LOG_LEVEL,
  };
}

/** Made for this start, if none is given. */
const bytesOf = (text: string | undefined): Buffer =>
  text === undefined ? randomBytes(KEY_BYTES) : Buffer.from(text, 'base64');

/** An empty variable is one that is not set: that is how most tools leave one out. */
function withSecretsFromFiles(environment: Environment, problems: string[]): Environment {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  for (const name of SECRETS) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    if (given[name] !== undefined)
      problems.push(`${name} is given twice: as it is, and in a file.`);
    try {
      given[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problems.push(`${name}_FILE cannot be read (${code}).`);
    }
  }
  return given;
}
