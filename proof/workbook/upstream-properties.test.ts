/**
 * Whatever browsers do, and in whatever order: the reference gives back what was allowed in the browser
 * that allowed it, once, within ten minutes, and nothing else; and to each user their own latest token.
 * Right solutions that keep little, or keep it elsewhere, do the same.
 *
 * @module-tag long
 */
import { randomBytes } from 'node:crypto';
import express, { type Request } from 'express';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { weatherServerConfig } from '../../exercises/weather-server/config.ts';
import type {
  Actor,
  CredentialRow,
  CredentialRows,
  WantedAccess,
} from '../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../exercises/weather-server/errors.ts';
import { createCredentialVault } from '../../solutions/07-credentials/credential-vault.ts';
import { createThirdPartySignIn } from '../../solutions/20-upstream-authority/third-party-sign-in.ts';
import { createTokenKeeper } from '../../solutions/20-upstream-authority/third-party-tokens.ts';
import { createThirdPartySignIn as createEncrypted } from '../right-solutions/20-upstream-authority/encrypted-cookie.ts';
import { createThirdPartySignIn as createSessions } from '../right-solutions/20-upstream-authority/session-with-its-ways.ts';
import { createThirdPartySignIn as createSigned } from '../right-solutions/20-upstream-authority/signed-state.ts';
import { createTokenKeeper as createNameless } from '../right-solutions/20-upstream-authority/rows-that-name-nobody.ts';

const RUNS = { numRuns: 100 };
const MINUTE_MS = 60_000;
const TEN_MINUTES_MS = 10 * MINUTE_MS;
const BROWSERS = 3;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The cookies of one browser, all of them for one address. */
class Jar {
  readonly #cookies = new Map<string, string>();

  readonly take = (header: string): void => {
    const [pair = '', ...attributes] = header.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (attributes.includes('Max-Age=0')) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  };

  /** As it comes from another site. */
  request(): Request {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { cookie, 'sec-fetch-site': 'cross-site' };
    const request: Request = Object.create(express.request, { headers: { value: headers } });
    return request;
  }
}

const wantedBy = (clientId: string): WantedAccess => ({
  clientId,
  asked: {
    redirectUri: `https://${clientId}.example/cb`,
    scopes: ['weather:read'],
    state: randomBytes(6).toString('hex'),
    codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    codeChallengeMethod: 'S256',
    resource: undefined,
  },
});

const step = fc.oneof(
  fc.record({
    does: fc.constant('allow' as const),
    browser: fc.nat(BROWSERS - 1),
    client: fc.constantFrom('app', 'other'),
  }),
  fc.record({
    does: fc.constant('resume' as const),
    browser: fc.nat(BROWSERS - 1),
    way: fc.nat(10),
  }),
  fc.record({ does: fc.constant('wait' as const), minutes: fc.constantFrom(1, 4, 9, 11) }),
);

describe.each([
  ['the reference', createThirdPartySignIn],
  ['an encrypted cookie', createEncrypted],
  ['a signed state', createSigned],
  ['a session', createSessions],
])('the way back, with %s', (_name, create) => {
  test('is found by the browser that allowed it, once, and in time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const signIn = create(weatherServerConfig('http://127.0.0.1:3001'));
        const jars = Array.from({ length: BROWSERS }, () => new Jar());
        const ways: {
          state: string;
          wanted: WantedAccess;
          browser: number;
          until: number;
          isOver: boolean;
        }[] = [];
        for (const { does, ...one } of steps) {
          if ('minutes' in one) {
            vi.advanceTimersByTime(one.minutes * MINUTE_MS);
            continue;
          }
          const jar = jars[one.browser];
          if (!jar) throw new Error('there is no such browser');
          if ('client' in one) {
            const wanted = wantedBy(one.client);
            const state = await signIn.allow(jar.request(), wanted, jar.take);
            const until = Date.now() + TEN_MINUTES_MS;
            ways.push({ state, wanted, browser: one.browser, until, isOver: false });
            continue;
          }
          const way = ways[one.way];
          if (does !== 'resume' || !way) continue;
          const isGood = way.browser === one.browser && way.until > Date.now() && !way.isOver;
          const answer = await Promise.resolve()
            .then(() => signIn.resume(jar.request(), way.state, jar.take))
            .catch((error: unknown) => error);
          if (isGood) expect(answer).toEqual(way.wanted);
          else expect(answer).toBeInstanceOf(OAuthError);
          way.isOver ||= isGood;
        }
        expect(new Set(ways.map(({ state }) => state)).size).toBe(ways.length);
      }),
      RUNS,
    );
  });
});

const actor: fc.Arbitrary<Actor> = fc.record({
  issuer: fc.constantFrom('https://one.example', 'https://other.example'),
  subject: fc.constantFrom('alice', 'Alice', 'bob', '', 'alice"', '","alice'),
  clientId: fc.constantFrom('app', 'other'),
  scopes: fc.constantFrom(['weather:read'], []),
});
const person = ({ issuer, subject }: Actor): string => JSON.stringify([issuer, subject]);

function openRows(): CredentialRows & { all: Map<string, CredentialRow> } {
  const all = new Map<string, CredentialRow>();
  return { all, put: (row) => void all.set(row.id, row), get: async (id) => all.get(id) };
}

const vault = createCredentialVault({ currentVersion: 'v1', key: () => Buffer.alloc(32, 7) });

describe.each([
  ['the reference', createTokenKeeper],
  ['rows that name nobody', createNameless],
])('tokens, with %s', (_name, create) => {
  test('are found by their users, the latest of each, and stand in no row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(actor, { minLength: 1, maxLength: 8 }), async (users) => {
        const rows = openRows();
        const keeper = create(vault, rows);
        const latest = new Map<string, string>();
        for (const user of users) {
          const token = `sky-${randomBytes(12).toString('base64url')}`;
          await keeper.keep(user, token);
          latest.set(person(user), token);
          expect(JSON.stringify([...rows.all.values()])).not.toContain(token);
        }
        for (const user of users) expect(await keeper.find(user)).toBe(latest.get(person(user)));
      }),
      RUNS,
    );
  });

  test('open for nobody when a row was moved', async () => {
    await fc.assert(
      fc.asyncProperty(actor, actor, async (one, other) => {
        fc.pre(person(one) !== person(other));
        const rows = openRows();
        const keeper = create(vault, rows);
        await keeper.keep(one, 'sky-of-one');
        const [hers] = rows.all.values();
        await keeper.keep(other, 'sky-of-other');
        const own = [...rows.all.values()].at(-1);
        if (!hers || !own) throw new Error('there are no rows');
        for (const moved of [
          { ...own, sealed: hers.sealed },
          { ...hers, id: own.id },
        ]) {
          rows.put(moved);
          await expect(keeper.find(other)).rejects.toThrow();
        }
      }),
      RUNS,
    );
  });
});
