/** What must hold of the reference for any input, tried on generated ones. */
import fc from 'fast-check';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { weatherServerConfig } from '../../exercises/weather-server/config.ts';
import type { ToolCall } from '../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../exercises/weather-server/errors.ts';
import { createKeyRing } from '../../exercises/weather-server/signing-keys.ts';
import { cities } from '../../exercises/weather-server/world/cities.ts';
import { buildBearerChallenge } from '../../solutions/01-oauth-discovery/bearer-challenge.ts';
import { createBearerAuth } from '../../solutions/05-access-tokens/bearer-auth.ts';
import { verifyAccessToken } from '../../solutions/05-access-tokens/verify-access-token.ts';
import { citySchema, daysSchema, unitsSchema } from '../../solutions/08-city-input/city-input.ts';
import { withoutJoinersInPlace } from '../../exercises/weather-server/joiners.ts';
import {
  buildRateLimitedResult,
  createRateLimiter,
} from '../../solutions/10-rate-limits/rate-limiter.ts';
import { bearerParameters } from '../../catalogue/attacks/replies.ts';
import { mint } from '../../lab/mint.ts';
import { importRunKeys, makeRunKeys } from '../../lab/run-keys.ts';

const config = weatherServerConfig('http://127.0.0.1:3001');
const anyText = fc.string({ unit: 'binary', maxLength: 200 });
const request = {} as Parameters<typeof buildBearerChallenge>[2];

describe('buildBearerChallenge', () => {
  test('is a header a client can read, whatever the description says', () => {
    fc.assert(
      fc.property(anyText, (description) => {
        const value = buildBearerChallenge(
          { error: 'invalid_token', description },
          config,
          request,
        );
        const received = new Headers({ 'www-authenticate': value }).get('www-authenticate');
        expect(bearerParameters(received ?? '')).toMatchObject({
          error: 'invalid_token',
          resource_metadata: 'http://127.0.0.1:3001/.well-known/oauth-protected-resource/mcp',
        });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('verifyAccessToken', async () => {
  const keys = await makeRunKeys();
  const jwks = createKeyRing(await importRunKeys(keys)).jwks();
  const context = { config, jwks, jwksUri: `${config.issuer}/jwks` };
  const settings = {
    keys,
    issuer: config.issuer,
    resource: config.resource,
    oob: 'http://127.0.0.1:9/',
    now: Date.now(),
    subject: 'alice',
  };

  test('accepts no token in which a bit that matters was changed', async () => {
    const token = await mint({}, settings);
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.nat(63), async (at, value) => {
        const letter = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.charAt(
          value,
        );
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        const verdict = await verifyAccessToken(changed, context).catch((error: unknown) => error);
        if (verdict instanceof InvalidTokenError) return;
        // Another spelling of the same bytes is the same token.
        const bytes = (text: string) =>
          text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'));
        expect(bytes(changed)).toEqual(bytes(token));
        expect(verdict).toMatchObject({ extra: { subject: decodeJwt(token).sub } });
      }),
      { numRuns: 600 },
    );
  });

  test('rejects any other text, and any claims of a wrong type, with InvalidTokenError', async () => {
    const claim = fc.constantFrom(
      'iss',
      'aud',
      'sub',
      'exp',
      'nbf',
      'iat',
      'client_id',
      'scope',
      'jti',
    );
    const wrong = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.object({ maxDepth: 1 }),
      fc.constant(''),
      fc.constant(-1),
    );
    await fc.assert(
      fc.asyncProperty(anyText, claim, wrong, async (text, name, value) => {
        await expect(verifyAccessToken(text, context)).rejects.toThrow(InvalidTokenError);
        const odd = await mint({ claims: { [name]: value } }, settings);
        const verdict = await verifyAccessToken(odd, context).catch((error: unknown) => error);
        if (verdict instanceof InvalidTokenError) return;
        // What is optional may be missing or empty; nothing else passes.
        expect(['scope', 'nbf', 'iat', 'jti']).toContain(name);
      }),
      { numRuns: 300 },
    );
  });

  test('the middleware answers 401 or goes on, for any Authorization header', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyText,
        fc.constantFrom('', 'Bearer ', 'bearer', 'Bearer  '),
        async (text, prefix) => {
          let status: number | undefined;
          let wentOn = false;
          const response = {
            status(code: number) {
              status = code;
              return response;
            },
            set: () => response,
            json: () => response,
          };
          const auth = createBearerAuth({
            config,
            challenge: () => 'Bearer',
            async verifyAccessToken(token) {
              const { expiresAt = Infinity, ...known } = await verifyAccessToken(token, context);
              return { ...known, expiresAt };
            },
          });
          const asked = { get: () => prefix + text };
          await auth(asked as never, response as never, () => (wentOn = true));
          expect([status, wentOn]).toEqual([401, false]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('citySchema', () => {
  const parse = (city: unknown) => citySchema.safeParse(city);

  test('accepts every city this server knows, in every spelling and normal form', () => {
    for (const { name, aliases = [] } of cities) {
      for (const spelling of [name, ...aliases]) {
        for (const form of ['NFC', 'NFD'] as const) {
          expect(parse(spelling.normalize(form)).data, spelling).toBe(spelling.normalize('NFC'));
        }
      }
    }
  });

  test('what it lets through is short, normal, visible, and the same the second time', () => {
    const nameLike = fc.string({
      unit: fc.constantFrom(
        ...Array.from("aZé東\u0301 .,'’()·-;<>=/&\\\u0000\n\u2028\u202e\u200b＇；＜０\u{e0041}"),
      ),
      maxLength: 220,
    });
    fc.assert(
      fc.property(fc.oneof(anyText, nameLike), (text) => {
        const { data } = parse(text);
        if (data === undefined) return;
        expect(Array.from(data).length).toBeLessThanOrEqual(200);
        expect(data).toBe(data.normalize('NFC'));
        expect(withoutJoinersInPlace(data)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u);
        expect(data.normalize('NFKC')).not.toMatch(/[<>;="%\\`$|{}[\]!?*#@^~:+]/);
        // Between two names only, so that neither begins a path, a query or an entity.
        expect(data).not.toMatch(/^[&/]|[&/]$|[&/.] ?[&/]|[&/] ?[&/.]/);
        expect(parse(data).data).toBe(data);
      }),
      { numRuns: 5000 },
    );
  });

  test('is quick, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', ' ', "'", 'é', '\u0301', '-', '/', 'ه', '\u200c'),
          minLength: 180,
          maxLength: 200,
        }),
        (text) => {
          const started = performance.now();
          parse(`${text}!`.slice(-200));
          expect(performance.now() - started).toBeLessThan(50);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('units and days take what is offered and nothing else', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const units = unitsSchema.safeParse(value);
        expect(units.success).toBe(
          value === 'metric' || value === 'imperial' || value === undefined,
        );
        const days = daysSchema.safeParse(value);
        const isOffered = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 14;
        expect(days.success).toBe(isOffered || value === undefined);
      }),
    );
  });
});

describe('createRateLimiter', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const call = (subject: string, tool: string): ToolCall => ({
    requestId: 'r',
    tool,
    arguments: {},
    actor: { issuer: config.issuer, subject, clientId: 'c', scopes: [] },
    token: undefined,
    ip: '127.0.0.1',
    headers: {},
  });

  test('no minute holds more than the limit, none less, and a stated wait is enough', async () => {
    const step = fc.record({
      user: fc.constantFrom('alice', 'bob', '__proto__'),
      tool: fc.constantFrom('get_weather', 'ping_station'),
      calls: fc.integer({ min: 1, max: 40 }),
      thenWaitMs: fc.integer({ min: 0, max: 45_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const limiter = createRateLimiter(config.limits);
        const allowed: { user: string; tool: string; at: number }[] = [];
        const recent = (user: string, tool?: string) =>
          allowed.filter(
            (past) =>
              past.user === user &&
              (!tool || past.tool === tool) &&
              past.at > performance.now() - 60_000,
          ).length;

        for (const { user, tool, calls, thenWaitMs } of steps) {
          for (let index = 0; index < calls; index++) {
            const fits = recent(user) < 60 && (tool !== 'ping_station' || recent(user, tool) < 10);
            const decision = await limiter.check(call(user, tool));
            expect(decision.allowed).toBe(fits);
            if (decision.allowed) allowed.push({ user, tool, at: performance.now() });
            else expect(decision.retryAfterMs).toBeGreaterThan(0);
          }
          vi.advanceTimersByTime(thenWaitMs);
        }

        for (let last = await limiter.check(call('alice', 'get_weather')); !last.allowed;) {
          const { content } = buildRateLimitedResult(last.retryAfterMs);
          const { error } = JSON.parse((content[0] as { text: string }).text) as {
            error: { retry_after_seconds: number };
          };
          expect(error.retry_after_seconds).toBeLessThanOrEqual(60);
          vi.advanceTimersByTime(error.retry_after_seconds * 1000);
          last = await limiter.check(call('alice', 'get_weather'));
          expect(last.allowed).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
