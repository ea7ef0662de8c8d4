/**
 * Whatever a provider does, the reference's key source asks seldom, serves what it may, and says so
 * when it cannot tell; its metadata are looked for where the SDK's client looks; and claims of any
 * shape are read or refused.
 */
import { buildDiscoveryUrls } from '@modelcontextprotocol/sdk/client/auth.js';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { weatherServerConfig } from '../../exercises/weather-server/config.ts';
import type { CreateKeySource } from '../../exercises/weather-server/controls.ts';
import { PROVIDER_KINDS } from '../../exercises/weather-server/provider-kinds.ts';
import { InvalidTokenError, UnavailableError } from '../../exercises/weather-server/errors.ts';
import { createKeySource } from '../../solutions/19-external-issuer/key-source.ts';
import { readProviderClaims } from '../../solutions/19-external-issuer/provider-claims.ts';
import { discoverIssuer } from '../../solutions/19-external-issuer/provider-documents.ts';
import { createKeySource as keepOneByOne } from '../right-solutions/19-external-issuer/only-the-key-that-is-named.ts';
import { createKeySource as changeInPlace } from '../right-solutions/19-external-issuer/one-set-that-is-changed.ts';
import { createKeySource as aroundJose } from '../right-solutions/19-external-issuer/remote-key-set-of-jose.ts';

const MINUTE_MS = 60_000;
const RUNS = { numRuns: 300 };

describe('key sources', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  type Step =
    | { kind: 'token'; key: number }
    | { kind: 'wait'; ms: number }
    | { kind: 'keys'; keys: number[] }
    | { kind: 'away'; away: boolean };
  const key = fc.integer({ min: 0, max: 4 });
  const steps: fc.Arbitrary<Step[]> = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('token' as const), key }) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('wait' as const),
          ms: fc.oneof(
            fc.integer({ min: 1, max: 90_000 }),
            fc.integer({ min: 1, max: 90 * MINUTE_MS }),
          ),
        }),
      },
      fc.record({
        kind: fc.constant('keys' as const),
        keys: fc.uniqueArray(key, { minLength: 1 }),
      }),
      fc.record({ kind: fc.constant('away' as const), away: fc.boolean() }),
    ),
    { minLength: 3, maxLength: 40 },
  );

  const sources: Record<string, CreateKeySource> = {
    'the reference': createKeySource,
    'keys one by one': keepOneByOne,
    'one set, changed in place': changeInPlace,
    'the remote set of jose': aroundJose,
  };

  test.for(Object.entries(sources))('%s', async ([, create]) => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        let keys = [0];
        let away = false;
        const questions: number[] = [];
        /** When each key was last seen in an answer, and the time of the last answer. */
        let answered: { at: number; keys: number[] } | undefined;
        const source = create({
          discover: async () => ({ jwksUri: 'https://id.example/keys' }),
          async fetchDocument() {
            questions.push(Date.now());
            if (away) throw new Error('away');
            answered = { at: Date.now(), keys };
            return { keys: keys.map((id) => ({ kty: 'EC', kid: `key-${id}` })) };
          },
        });
        for (const step of all) {
          if (step.kind === 'wait') await vi.advanceTimersByTimeAsync(step.ms);
          if (step.kind === 'keys') ({ keys } = step);
          if (step.kind === 'away') ({ away } = step);
          if (step.kind !== 'token') continue;
          const outcome = await source.keysFor(`key-${step.key}`).then(
            (set) => set.keys.map(({ kid }) => kid),
            (error: unknown) => error,
          );
          const age = answered === undefined ? Infinity : Date.now() - answered.at;
          if (!Array.isArray(outcome)) {
            // Only where nobody can say, and that is never so right after an answer.
            expect(outcome).toBeInstanceOf(UnavailableError);
            expect(away || age > 0).toBe(true);
            continue;
          }
          expect(age).toBeLessThan(60 * MINUTE_MS);
          const isThere = outcome.includes(`key-${step.key}`);
          expect(isThere).toBe(answered?.keys.includes(step.key));
          // A withdrawn key that still serves was not old news, or could not be asked about.
          if (isThere && !keys.includes(step.key) && !away) {
            expect(Date.now() - (questions.at(-1) ?? 0)).toBeLessThan(10 * MINUTE_MS);
          }
        }
        const pauses = questions.slice(1).map((at, index) => at - (questions[index] ?? 0));
        expect(Math.min(Infinity, ...pauses)).toBeGreaterThanOrEqual(30_000);
      }),
      RUNS,
    );
  });
});

describe('metadata', () => {
  const segment = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
  const issuer = fc
    .tuple(fc.array(segment, { maxLength: 3 }), fc.boolean(), fc.constantFrom('', ':8443'))
    .map(
      ([path, slash, port]) =>
        `https://id.example${port}${path.map((one) => `/${one}`).join('')}${slash ? '/' : ''}`,
    );

  const placesOf = async (name: string): Promise<string[]> => {
    const asked: string[] = [];
    await discoverIssuer(name, async (url) => {
      asked.push(url);
      throw new Error('not here');
    }).catch((error: unknown) => expect(error).toBeInstanceOf(UnavailableError));
    return asked;
  };

  test('are looked for where the SDK’s client looks', async () => {
    await fc.assert(
      fc.asyncProperty(issuer, async (name) => {
        const ofClient = buildDiscoveryUrls(name).map(({ url }) => url.href);
        expect(await placesOf(name)).toEqual(ofClient);
      }),
      RUNS,
    );
  });

  test('count only if they name the very issuer', async () => {
    await fc.assert(
      fc.asyncProperty(issuer, fc.oneof(issuer, fc.anything()), async (name, named) => {
        const document = { issuer: named, jwks_uri: 'https://id.example/keys' };
        const found = await discoverIssuer(name, async () => document).then(
          () => true,
          () => false,
        );
        expect(found).toBe(name === named);
      }),
      RUNS,
    );
  });
});

describe('claims', () => {
  const external = {
    issuer: 'https://id.example/a',
    audience: 'https://mcp.example/mcp',
  };
  const kind = fc.constantFrom(...PROVIDER_KINDS);
  const value = fc.oneof(
    fc.constantFrom<unknown[]>(
      external.issuer,
      external.audience,
      [external.audience],
      [external.audience, 'other'],
      'Bearer',
      'access',
      'weather:read weather:admin',
      ['weather:read'],
      `${external.audience}/weather:read`,
    ),
    fc.anything(),
  );
  const names = [
    'iss',
    'aud',
    'sub',
    'client_id',
    'azp',
    'cid',
    'scope',
    'scp',
    'typ',
    'token_use',
    'jti',
  ];
  const claims = fc.record(Object.fromEntries(names.map((name) => [name, value])), {
    requiredKeys: [],
  });

  test('of any shape are read by their row, or refused as a token', () => {
    fc.assert(
      fc.property(kind, claims, fc.constantFrom('at+jwt', 'JWT', undefined), (which, all, typ) => {
        const header = typ === undefined ? { alg: 'ES256' } : { alg: 'ES256', typ };
        const trusted = { ...external, kind: which };
        const config = weatherServerConfig('https://mcp.example');
        try {
          const actor = readProviderClaims({ header, claims: { ...all } }, trusted, config);
          expect(all.iss).toBe(external.issuer);
          expect([all.aud].flat()).toContain(external.audience);
          expect(actor.subject).toBe(all.sub);
          expect(actor.issuer).toBe(external.issuer);
          expect(actor.scopes.every((scope) => typeof scope === 'string')).toBe(true);
          expect(actor.clientId).not.toBe('');
        } catch (error) {
          if (!(error instanceof InvalidTokenError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });
});
