import { createHash, randomBytes } from 'node:crypto';
import type {
  CreateSharedGrantStore,
  Grant,
  SharedGrantStore,
  TokenRequest,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError, UnavailableError } from '../../../exercises/weather-server/errors.ts';
import type { SharedStore } from '../../../exercises/weather-server/world/shared-store.ts';
import { createSharedGrantStore as rightly } from '../../../solutions/18-many-instances/shared-grants.ts';
import { withinFiveSeconds } from '../../../solutions/18-many-instances/shared-limiter.ts';
import { createSharedGrantStore as takeAndMark } from '../../right-solutions/18-many-instances/take-and-mark.ts';
import type { Mistake } from '../../solutions.ts';

const DAY_MS = 24 * 3_600_000;

/** The reference, with another store. */
const withStore =
  (change: (store: SharedStore) => Partial<SharedStore>): CreateSharedGrantStore =>
  (config, store) =>
    rightly(config, { ...store, ...change(store) });

/** The reference, with other methods around it. */
const around =
  (
    change: (right: SharedGrantStore, store: SharedStore) => Partial<SharedGrantStore>,
  ): CreateSharedGrantStore =>
  (config, store) => {
    const right = rightly(config, store);
    return { ...right, ...change(right, store) };
  };

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
const refused = (): OAuthError => new OAuthError('invalid_grant', 'This grant is not valid.');

/** What is there, if the store says so in time. */
async function textUnder(store: SharedStore, key: string): Promise<string | undefined> {
  try {
    return await withinFiveSeconds(store.get(key));
  } catch {
    throw new UnavailableError('Grants cannot be looked up now.');
  }
}

/** What the reference keeps of a code. */
async function codeInStore(store: SharedStore, code: string): Promise<Grant | undefined> {
  const text = await textUnder(store, `code ${hashOf(code)}`);
  return text === undefined ? undefined : (JSON.parse(text) as { grant: Grant }).grant;
}

async function familyInStore(store: SharedStore, token: string): Promise<Grant | undefined> {
  const text = await textUnder(store, `refresh tokens of ${token.split('.')[0]}`);
  return text === undefined ? undefined : (JSON.parse(text) as { grant: Grant }).grant;
}

/** Refresh tokens as records of their own, which know no family. */
function eachByItself(
  use: (store: SharedStore, key: string) => Promise<string | undefined>,
): CreateSharedGrantStore {
  return around((_right, store) => {
    async function asked<T>(step: Promise<T>): Promise<T> {
      try {
        return await withinFiveSeconds(step);
      } catch {
        throw new UnavailableError('Grants cannot be looked up now.');
      }
    }
    async function issue(grant: Grant): Promise<string> {
      const token = randomBytes(32).toString('base64url');
      await asked(store.set(`token ${hashOf(token)}`, JSON.stringify(grant), 30 * DAY_MS));
      return token;
    }
    return {
      issueRefreshToken: issue,
      async rotateRefreshToken(token: string, request: TokenRequest) {
        const key = `token ${hashOf(token)}`;
        const kept = await asked(store.get(key));
        const grant = kept === undefined ? undefined : (JSON.parse(kept) as Grant);
        if (!grant || request.clientId !== grant.clientId) throw refused();
        if (request.resource !== undefined && request.resource !== grant.resource) throw refused();
        const scopes = request.scope?.split(' ') ?? grant.scopes;
        if (!scopes.every((scope) => grant.scopes.includes(scope))) {
          throw new OAuthError('invalid_scope', 'No more than was granted.');
        }
        if ((await asked(use(store, key))) === undefined) throw refused();
        return { grant: { ...grant, scopes }, refreshToken: await issue(grant) };
      },
    };
  });
}

export const mistakes: Mistake[] = [
  {
    name: 'sets-instead-of-replacing',
    mistake:
      'What was read is judged, and then overwritten, whatever has become of it in the meantime.',
    caughtBy: ['mi-code-twice', 'mi-refresh-reuse'],
    controls: {
      createSharedGrantStore: withStore((store) => ({
        async replace(key, _expected, value, lifeMs) {
          await store.set(key, value, lifeMs);
          return true;
        },
      })),
    },
  },
  {
    name: 'a-lock-in-this-process',
    mistake:
      'Codes that are being redeemed are locked in a Set, which other instances do not have.',
    caughtBy: ['mi-code-twice', 'mi-refresh-reuse'],
    controls: {
      createSharedGrantStore: withStore((store) => {
        const locked = new Set<string>();
        return {
          async replace(key, expected, value, lifeMs) {
            if (locked.has(key)) return false;
            locked.add(key);
            try {
              if ((await store.get(key)) !== expected) return false;
              await store.set(key, value, lifeMs);
              return true;
            } finally {
              locked.delete(key);
            }
          },
        };
      }),
    },
  },
  {
    name: 'used-codes-in-this-process',
    mistake: 'Which codes were used is kept in a Set of each process.',
    caughtBy: ['mi-code-twice', 'mi-grants-without-store'],
    controls: {
      createSharedGrantStore: (config, store) => {
        const used = new Set<string>();
        return rightly(config, {
          ...store,
          async replace(key, expected, value, lifeMs) {
            if (!key.startsWith('code ')) return store.replace(key, expected, value, lifeMs);
            if (used.has(key)) return false;
            used.add(key);
            return true;
          },
        });
      },
    },
  },
  {
    name: 'refresh-tokens-deleted-afterwards',
    mistake:
      'A refresh token is looked up, and deleted once its successor is there: two at once find it both times.',
    caughtBy: ['mi-refresh-at-once', 'mi-refresh-reuse'],
    controls: {
      createSharedGrantStore: eachByItself(async (store, key) => {
        const kept = await store.get(key);
        await store.set(key, 'used', 1);
        return kept;
      }),
    },
  },
  {
    name: 'taken-and-forgotten',
    mistake:
      'A refresh token is taken out of the store in one step, and an old one that comes back means nothing to anybody.',
    caughtBy: ['mi-refresh-reuse'],
    controls: { createSharedGrantStore: eachByItself((store, key) => store.take(key)) },
  },
  {
    name: 'a-minute-of-grace-for-everybody',
    mistake:
      'A refresh token that comes back later than half a minute after its use is answered like one that comes at once.',
    caughtBy: ['mi-grants-without-store', 'mi-refresh-grace', 'mi-refresh-reuse'],
    controls: {
      // Its clock stands still.
      createSharedGrantStore: withStore(() => ({ now: async () => 0 })),
    },
  },
  {
    name: 'old-tokens-refused-and-no-more',
    mistake: 'An old refresh token is refused, and the family goes on, whoever has its newest one.',
    caughtBy: ['mi-refresh-reuse'],
    controls: {
      createSharedGrantStore: withStore((store) => ({
        async replace(key, expected, value, lifeMs) {
          if (value.includes('"revoked":true')) return true;
          return store.replace(key, expected, value, lifeMs);
        },
      })),
    },
  },
  {
    name: 'an-hour-of-leeway',
    mistake: 'Clocks differ, so codes live an hour longer than they should.',
    caughtBy: ['mi-code-too-late'],
    controls: {
      createSharedGrantStore: withStore((store) => ({
        set: (key, value, lifeMs) => store.set(key, value, lifeMs + 3_600_000),
      })),
    },
  },
  {
    name: 'expiry-by-the-own-clock',
    mistake:
      'The instance that issues writes down when a code is over, and the one that redeems compares with its own clock.',
    caughtBy: ['mi-code-too-late', 'mi-clocks-differ'],
    controls: {
      createSharedGrantStore: withStore((store) => ({
        set: (key, value, lifeMs) => store.set(key, `${Date.now() + lifeMs}|${value}`, 30 * DAY_MS),
        async get(key) {
          const text = await store.get(key);
          const [, until = '0', value = ''] = /^(\d*)\|(.*)$/s.exec(text ?? '') ?? [];
          return Date.now() < Number(until) ? value : undefined;
        },
        async replace(key, expected, value, lifeMs) {
          const text = (await store.get(key)) ?? '';
          if (text.replace(/^\d*\|/, '') !== expected) return false;
          return store.replace(key, text, `${Date.now() + lifeMs}|${value}`, 30 * DAY_MS);
        },
      })),
    },
  },
  {
    name: 'a-day-and-no-longer',
    mistake: 'Everything in the store lives a day at most, refresh tokens as well.',
    caughtBy: ['mi-keeps-grants-for-weeks'],
    controls: {
      createSharedGrantStore: withStore((store) => ({
        replace: (key, expected, value, lifeMs) =>
          store.replace(key, expected, value, Math.min(lifeMs, DAY_MS)),
      })),
    },
  },
  {
    name: 'any-client-elsewhere',
    mistake: 'Which client a code is for is compared by the instance that issued it, and no other.',
    caughtBy: ['mi-code-of-others'],
    controls: {
      createSharedGrantStore: around((right, store) => ({
        async redeemCode(code, request) {
          const clientId = (await codeInStore(store, code))?.clientId;
          return right.redeemCode(code, { ...request, clientId });
        },
      })),
    },
  },
  {
    name: 'any-resource-with-the-code',
    mistake: 'A code is redeemed for whatever resource is asked for.',
    caughtBy: ['mi-code-of-others'],
    controls: {
      createSharedGrantStore: around((right) => ({
        async redeemCode(code, request) {
          const grant = await right.redeemCode(code, { ...request, resource: undefined });
          grant.resource = request.resource ?? grant.resource;
          return grant;
        },
      })),
    },
  },
  {
    name: 'a-refresh-for-any-client',
    mistake: 'A refresh token is good for whoever brings it.',
    caughtBy: ['mi-refresh-of-others', 'mi-odd-handles'],
    controls: {
      createSharedGrantStore: around((right, store) => ({
        async rotateRefreshToken(token, request) {
          const clientId = (await familyInStore(store, token))?.clientId;
          return right.rotateRefreshToken(token, { ...request, clientId });
        },
      })),
    },
  },
  {
    name: 'scopes-as-asked-for',
    mistake: 'A refresh brings the scopes that are asked for.',
    caughtBy: ['mi-refresh-of-others'],
    controls: {
      createSharedGrantStore: around((right) => ({
        async rotateRefreshToken(token, request) {
          const asked = { ...request, scope: undefined };
          const { grant, refreshToken } = await right.rotateRefreshToken(token, asked);
          const scopes = request.scope?.split(' ') ?? grant.scopes;
          return { grant: { ...grant, scopes }, refreshToken };
        },
      })),
    },
  },
  {
    name: 'a-refresh-for-any-resource',
    mistake: 'A refresh brings a token for whatever resource is asked for.',
    caughtBy: ['mi-refresh-of-others'],
    controls: {
      createSharedGrantStore: around((right) => ({
        async rotateRefreshToken(token, request) {
          const asked = { ...request, resource: undefined };
          const { grant, refreshToken } = await right.rotateRefreshToken(token, asked);
          const resource = request.resource ?? grant.resource;
          return { grant: { ...grant, resource }, refreshToken };
        },
      })),
    },
  },
  {
    name: 'believes-what-was-not-written',
    mistake:
      'When the store cannot write down that a code was used, the tokens are given all the same.',
    caughtBy: ['mi-grants-without-store', 'mi-outage-is-told'],
    controls: {
      createSharedGrantStore: withStore((store) => ({
        replace: (key, expected, value, lifeMs) =>
          store.replace(key, expected, value, lifeMs).catch(() => true),
      })),
    },
  },
  {
    name: 'a-copy-for-bad-times',
    mistake:
      'What an instance has written it remembers, and answers from there while the store is away.',
    caughtBy: ['mi-grants-without-store', 'mi-outage-is-told', 'mi-silence-is-answered'],
    controls: {
      createSharedGrantStore: withStore((store) => {
        const copies = new Map<string, string>();
        return {
          async set(key, value, lifeMs) {
            copies.set(key, value);
            await store.set(key, value, lifeMs);
          },
          get: (key) => withinFiveSeconds(store.get(key)).catch(() => copies.get(key)),
          now: () => withinFiveSeconds(store.now()).catch(() => Date.now()),
          async replace(key, expected, value, lifeMs) {
            const isDone = await withinFiveSeconds(
              store.replace(key, expected, value, lifeMs),
            ).catch(() => copies.get(key) === expected);
            if (isDone) copies.set(key, value);
            return isDone;
          },
        };
      }),
    },
  },
  {
    name: 'puts-back-what-is-missing',
    mistake: 'What the store has forgotten is put back by whichever instance still remembers it.',
    caughtBy: ['mi-memory-lost'],
    controls: {
      createSharedGrantStore: withStore((store) => {
        const copies = new Map<string, string>();
        return {
          async set(key, value, lifeMs) {
            copies.set(key, value);
            // A code that is over is not put back.
            setTimeout(() => copies.delete(key), 60_000).unref();
            await store.set(key, value, lifeMs);
          },
          async get(key) {
            const kept = await store.get(key);
            const copy = copies.get(key);
            if (kept !== undefined || copy === undefined) return kept;
            await store.set(key, copy, DAY_MS);
            return copy;
          },
        };
      }),
    },
  },
  {
    name: 'only-used-ones-are-known',
    mistake:
      'Codes say themselves what they are for, under a signature, and the store only knows which were used; once it has forgotten, none was.',
    caughtBy: ['mi-memory-lost', 'mi-outage-is-told'],
    controls: {
      createSharedGrantStore: around((right, store) => {
        // All instances would have such a key from their operator.
        const sign = (text: string): string => hashOf(`a secret of all instances ${text}`);
        async function asked<T>(step: Promise<T>): Promise<T> {
          try {
            return await withinFiveSeconds(step);
          } catch {
            throw new UnavailableError('Grants cannot be looked up now.');
          }
        }
        return {
          async issueCode(grant) {
            const body = {
              grant,
              until: (await asked(store.now())) + 60_000,
              nonce: hashOf(`${Math.random()}`),
            };
            const text = Buffer.from(JSON.stringify(body)).toString('base64url');
            return `${text}.${sign(text)}`;
          },
          async redeemCode(code, request) {
            const [text = '', signature] = code.split('.');
            if (signature !== sign(text)) throw refused();
            const { grant, until } = JSON.parse(Buffer.from(text, 'base64url').toString()) as {
              grant: Grant;
              until: number;
            };
            if ((await asked(store.now())) > until) throw refused();
            if (request.clientId !== grant.clientId) throw refused();
            if ((request.redirectUri ?? grant.redirectUri) !== grant.redirectUri) throw refused();
            if ((request.resource ?? grant.resource) !== grant.resource) throw refused();
            if (!(await asked(store.add(`used ${hashOf(code)}`, 'yes', 120_000)))) throw refused();
            return right.redeemCode(await right.issueCode(grant), request);
          },
        };
      }),
    },
  },
  {
    name: 'tokens-in-the-clear',
    mistake:
      'The store also has a list of a user’s refresh tokens, as they are, so that support can see them.',
    caughtBy: ['mi-store-is-read'],
    controls: {
      createSharedGrantStore: around((right, store) => ({
        async issueRefreshToken(grant) {
          const token = await right.issueRefreshToken(grant);
          await store.set(`sessions of ${grant.subject}`, JSON.stringify({ token }), DAY_MS);
          return token;
        },
      })),
    },
  },
  {
    name: 'two-halves-of-a-token',
    mistake:
      'Name and secret of a refresh token lie in two places of the store, where they are found together.',
    caughtBy: ['mi-store-is-read'],
    controls: {
      createSharedGrantStore: around((right, store) => ({
        async issueRefreshToken(grant) {
          const token = await right.issueRefreshToken(grant);
          const [id = '', secret = ''] = token.split('.');
          await store.set(`secret of ${id}`, secret, DAY_MS);
          return token;
        },
      })),
    },
  },
  {
    name: 'an-outage-is-a-bad-grant',
    mistake: 'Whatever goes wrong at the store, the client is told that its grant is not valid.',
    caughtBy: ['mi-outage-is-told'],
    controls: {
      createSharedGrantStore: around((right) => ({
        redeemCode: (code, request) => right.redeemCode(code, request).catch(asInvalid),
        rotateRefreshToken: (token, request) =>
          right.rotateRefreshToken(token, request).catch(asInvalid),
      })),
    },
  },
  {
    name: 'errors-of-the-store-go-through',
    mistake: 'What the store throws is thrown on, and clients see an error of the server’s own.',
    caughtBy: ['mi-outage-is-told'],
    controls: {
      createSharedGrantStore: around((right) => ({
        redeemCode: (code, request) => right.redeemCode(code, request).catch(asOwnError),
        rotateRefreshToken: (token, request) =>
          right.rotateRefreshToken(token, request).catch(asOwnError),
      })),
    },
  },
  {
    name: 'waits-for-the-stores-clock',
    mistake: 'The time is asked for first, and nobody ends the wait for it.',
    caughtBy: ['mi-silence-is-answered'],
    controls: {
      createSharedGrantStore: around((right, store) => ({
        async rotateRefreshToken(token, request) {
          await store.now().catch(() => undefined);
          return right.rotateRefreshToken(token, request);
        },
      })),
    },
  },
  {
    name: 'marks-beside-the-family',
    mistake:
      'An old token ends its family, and whether it is old is read in one step and marked in the next.',
    caughtBy: ['mi-refresh-at-once'],
    controls: {
      createSharedGrantStore: (config, store) =>
        takeAndMark(config, {
          ...store,
          async add(key, value, lifeMs) {
            if ((await store.get(key)) !== undefined) return false;
            await store.set(key, value, lifeMs);
            return true;
          },
        }),
    },
  },
  {
    name: 'nothing-from-the-future',
    mistake:
      'Each code has the time at which it was issued, by the clock of its instance, and one that comes from the future is refused.',
    caughtBy: ['mi-clocks-differ'],
    controls: {
      createSharedGrantStore: around((right, store) => ({
        async issueCode(grant) {
          const code = await right.issueCode(grant);
          await store.set(`issued ${hashOf(code)}`, String(Date.now()), DAY_MS);
          return code;
        },
        async redeemCode(code, request) {
          const issued = await textUnder(store, `issued ${hashOf(code)}`);
          if (Number(issued ?? 0) > Date.now() + 60_000) throw refused();
          return right.redeemCode(code, request);
        },
      })),
    },
  },
  {
    name: 'three-refreshes-and-no-more',
    mistake: 'After three refreshes the user has to sign in again.',
    caughtBy: ['mi-flow-over-instances'],
    controls: {
      createSharedGrantStore: around((right, store) => ({
        async rotateRefreshToken(token, request) {
          const uses = store.increment(`refreshes of ${token.split('.')[0]}`, 30 * DAY_MS);
          const [count, rotated] = await Promise.all([
            withinFiveSeconds(uses).catch(() => 0),
            right.rotateRefreshToken(token, request),
          ]);
          if (count > 3) throw refused();
          return rotated;
        },
      })),
    },
  },
];

function asInvalid(error: unknown): never {
  throw error instanceof UnavailableError ? refused() : error;
}

function asOwnError(error: unknown): never {
  throw error instanceof UnavailableError ? new Error('read ECONNRESET') : error;
}
