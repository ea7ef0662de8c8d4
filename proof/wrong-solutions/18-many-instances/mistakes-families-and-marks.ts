import { createHash, createHmac, randomBytes } from 'node:crypto';
import type {
  CreateSharedGrantStore,
  Grant,
  TokenRequest,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError, UnavailableError } from '../../../exercises/weather-server/errors.ts';
import type { SharedStore } from '../../../exercises/weather-server/world/shared-store.ts';
import { withinFiveSeconds } from '../../../solutions/18-many-instances/shared-limiter.ts';
import type { Mistake } from '../../solutions.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MOST_ATTEMPTS = 10;

const refused = (): OAuthError => new OAuthError('invalid_grant', 'This is not valid.');
const unavailable = (): UnavailableError => new UnavailableError('Nobody can say now.');
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
const makeSecret = (): string => randomBytes(32).toString('base64url');

async function ask<T>(step: Promise<T>): Promise<T> {
  try {
    return await withinFiveSeconds(step);
  } catch {
    throw unavailable();
  }
}

interface Code {
  grant: Grant;
  family: string;
  isUsed: boolean;
}

interface Family {
  grant: Grant;
  isOver: boolean;
  successorKey: string;
  good: string;
  before?: string;
  rotatedAt?: number;
}

interface Form {
  codeLivesMs: number;
  graceMs: number;
  /** Whether the grace begins anew whenever a token is answered in it. */
  graceSlides: boolean;
  now: (store: SharedStore) => Promise<number>;
  makeCode: (family: string) => string;
  partsOf: (refreshToken: string) => string[];
  successorOf: (secret: string, family: Family) => string;
  isClient: (asked: string | undefined, own: string) => boolean;
  isResource: (asked: string, own: string) => boolean;
  isRedirectUri: (asked: string, own: string) => boolean;
  /** What a family stands for once its client has asked for these scopes. */
  grantAfter: (grant: Grant, scopes: string[]) => Grant;
  /** What is remembered of a redeemed code until its refresh token is asked for. */
  nameOf: ((grant: Grant) => string) | undefined;
  replaceNow: <T>(step: Promise<T>) => Promise<T>;
  replaceInTime: <T>(step: Promise<T>) => Promise<T>;
  /** Gives a code out whether the store keeps it or not. */
  keepsOrNot: boolean;
  mostRevocations: number;
}

const RIGHT: Form = {
  codeLivesMs: MINUTE_MS,
  graceMs: 10_000,
  graceSlides: false,
  now: (store) => store.now(),
  makeCode: () => makeSecret(),
  partsOf: (refreshToken) => /^([\w-]{22})\.([\w-]{43})$/.exec(refreshToken)?.slice(1) ?? [],
  successorOf: (secret, { successorKey }) =>
    createHmac('sha256', successorKey).update(secret).digest('base64url'),
  isClient: (asked, own) => asked === own,
  isResource: (asked, own) => asked === own,
  isRedirectUri: (asked, own) => asked === own,
  grantAfter: (grant) => grant,
  nameOf: undefined,
  replaceNow: (step) => step,
  replaceInTime: ask,
  keepsOrNot: false,
  mostRevocations: MOST_ATTEMPTS,
};

/** A record for each code and for each family, replaced as a whole: right, but for what is changed. */
const inRecordsLike =
  (change: Partial<Form>): CreateSharedGrantStore =>
  ({ scopesSupported }, store) => {
    const form = { ...RIGHT, ...change };
    const familyOf = new WeakMap<Grant, string>();
    const familyNamed = new Map<string, string>();

    function requireBound(grant: Grant, { clientId, resource }: TokenRequest): void {
      if (!form.isClient(clientId, grant.clientId)) throw refused();
      if (resource === undefined || form.isResource(resource, grant.resource)) return;
      throw new OAuthError('invalid_target', 'This is for another resource.');
    }

    function scopesFor({ scope }: TokenRequest, { scopes }: Grant): string[] {
      const asked = [...new Set(scope?.split(' ').filter(Boolean))];
      if (asked.length === 0) return scopes;
      const known = asked.filter((one) => scopesSupported.includes(one));
      if (known.length > 0 && known.every((one) => scopes.includes(one))) return known;
      throw new OAuthError('invalid_scope', 'This was not granted.');
    }

    const replace = (key: string, text: string, next: object, lifeMs: number): Promise<boolean> =>
      form.replaceNow(form.replaceInTime(store.replace(key, text, JSON.stringify(next), lifeMs)));

    async function endFamily(id: string): Promise<never> {
      for (let attempt = 0; attempt < form.mostRevocations; attempt++) {
        const text = await ask(store.get(`family ${id}`));
        if (text === undefined) throw refused();
        const over = { ...(JSON.parse(text) as Family), isOver: true };
        if (await replace(`family ${id}`, text, over, 30 * DAY_MS)) break;
      }
      throw refused();
    }

    return {
      async issueCode(grant) {
        const family = randomBytes(16).toString('base64url');
        const code = form.makeCode(family);
        const record: Code = { grant, family, isUsed: false };
        const step = ask(
          store.set(`code ${hashOf(code)}`, JSON.stringify(record), form.codeLivesMs),
        );
        await (form.keepsOrNot ? step.catch(() => undefined) : step);
        return code;
      },

      async redeemCode(code, request) {
        const key = `code ${hashOf(code)}`;
        for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
          const text = await ask(store.get(key));
          if (text === undefined) throw refused();
          const record = JSON.parse(text) as Code;
          const { grant, family } = record;
          requireBound(grant, request);
          const { redirectUri } = request;
          if (redirectUri !== undefined && !form.isRedirectUri(redirectUri, grant.redirectUri)) {
            throw refused();
          }
          if (record.isUsed) {
            if (!request.provesPossession(grant)) throw refused();
            return endFamily(family);
          }
          const used: Code = { ...record, isUsed: true };
          if (!(await replace(key, text, used, form.codeLivesMs))) continue;
          familyOf.set(grant, family);
          if (form.nameOf) familyNamed.set(form.nameOf(grant), family);
          return grant;
        }
        throw unavailable();
      },

      async issueRefreshToken(grant) {
        const id = form.nameOf ? familyNamed.get(form.nameOf(grant)) : familyOf.get(grant);
        if (id === undefined) throw new Error('a grant that was not redeemed here');
        const secret = makeSecret();
        const family: Family = {
          grant,
          isOver: false,
          successorKey: makeSecret(),
          good: hashOf(secret),
        };
        await ask(store.set(`family ${id}`, JSON.stringify(family), 30 * DAY_MS));
        return `${id}.${secret}`;
      },

      async rotateRefreshToken(refreshToken, request) {
        const [id, secret] = form.partsOf(refreshToken);
        if (id === undefined || secret === undefined) throw refused();
        const key = `family ${id}`;
        const hash = hashOf(secret);
        for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
          const text = await ask(store.get(key));
          if (text === undefined) throw refused();
          const family = JSON.parse(text) as Family;
          requireBound(family.grant, request);
          if (family.isOver) throw refused();
          const scopes = scopesFor(request, family.grant);
          const now = await ask(form.now(store));
          const successor = form.successorOf(secret, family);
          const given = {
            grant: { ...family.grant, scopes },
            refreshToken: `${id}.${successor}`,
          };
          if (hash === family.before && now - (family.rotatedAt ?? 0) < form.graceMs) {
            const renewed: Family = { ...family, rotatedAt: now };
            if (form.graceSlides) await replace(key, text, renewed, 30 * DAY_MS);
            return given;
          }
          if (hash !== family.good) return endFamily(id);
          const rotated: Family = {
            ...family,
            grant: form.grantAfter(family.grant, scopes),
            good: hashOf(successor),
            before: hash,
            rotatedAt: now,
          };
          if (await replace(key, text, rotated, 30 * DAY_MS)) return given;
        }
        throw unavailable();
      },
    };
  };

interface Marks {
  codeMarkMs: number;
  tokenMarkMs: number;
  endMarkMs: number;
  endKey: (record: Lying) => string;
  isOfKind: (record: Lying, kind: Lying['kind']) => boolean;
}

interface Lying {
  kind: 'code' | 'refresh token';
  family: string;
  grant: Grant;
}

const RIGHT_MARKS: Marks = {
  codeMarkMs: 10 * MINUTE_MS,
  tokenMarkMs: 60 * DAY_MS,
  endMarkMs: 90 * DAY_MS,
  endKey: ({ family }) => `end of ${family}`,
  isOfKind: (record, kind) => record.kind === kind,
};

/** Records that never change, and marks beside those that were used: right, but for what is changed. */
const withMarksLike =
  (change: Partial<Marks>): CreateSharedGrantStore =>
  (_config, store) => {
    const form = { ...RIGHT_MARKS, ...change };
    const familyOf = new WeakMap<Grant, string>();

    async function lay(record: Lying, lifeMs: number): Promise<string> {
      const handle = makeSecret();
      await ask(store.set(`of ${hashOf(handle)}`, JSON.stringify(record), lifeMs));
      return handle;
    }

    async function find(
      kind: Lying['kind'],
      handle: string,
      { clientId, resource }: TokenRequest,
    ): Promise<Lying> {
      const text = await ask(store.get(`of ${hashOf(handle)}`));
      if (text === undefined) throw refused();
      const record = JSON.parse(text) as Lying;
      if (!form.isOfKind(record, kind) || record.grant.clientId !== clientId) throw refused();
      if (resource === undefined || resource === record.grant.resource) return record;
      throw new OAuthError('invalid_target', 'This is for another resource.');
    }

    const isFirst = (handle: string, lifeMs: number): Promise<boolean> =>
      ask(store.add(`used ${hashOf(handle)}`, 'yes', lifeMs));

    return {
      issueCode: (grant) => lay({ kind: 'code', family: makeSecret(), grant }, 5 * MINUTE_MS),

      async redeemCode(code, request) {
        const { grant, family } = await find('code', code, request);
        const { redirectUri = grant.redirectUri } = request;
        if (redirectUri !== grant.redirectUri) throw refused();
        if (!(await isFirst(code, form.codeMarkMs))) throw refused();
        familyOf.set(grant, family);
        return grant;
      },

      issueRefreshToken: (grant) =>
        lay({ kind: 'refresh token', family: familyOf.get(grant) ?? '', grant }, 30 * DAY_MS),

      async rotateRefreshToken(refreshToken, request) {
        const record = await find('refresh token', refreshToken, request);
        const { grant } = record;
        const asked = request.scope?.split(' ').filter(Boolean) ?? [];
        if (!asked.every((one) => grant.scopes.includes(one))) {
          throw new OAuthError('invalid_scope', 'This was not granted.');
        }
        if ((await ask(store.get(form.endKey(record)))) !== undefined) throw refused();
        if (!(await isFirst(refreshToken, form.tokenMarkMs))) {
          await ask(store.set(form.endKey(record), 'yes', form.endMarkMs));
          throw refused();
        }
        return {
          grant: asked.length > 0 ? { ...grant, scopes: asked } : grant,
          refreshToken: await lay({ ...record, kind: 'refresh token' }, 30 * DAY_MS),
        };
      },
    };
  };

const records = (change: Partial<Form>): Mistake['controls'] => ({
  createSharedGrantStore: inRecordsLike(change),
});
const marks = (change: Partial<Marks>): Mistake['controls'] => ({
  createSharedGrantStore: withMarksLike(change),
});
const cutAtTheDot = (refreshToken: string): string[] => refreshToken.split('.');

export const mistakes: Mistake[] = [
  {
    name: 'grace-by-the-own-clock',
    mistake:
      'When a token was used is written down by one instance’s clock and compared by another’s.',
    caughtBy: ['mi-refresh-grace'],
    controls: records({ now: async () => Date.now() }),
  },
  {
    name: 'grace-without-an-end',
    mistake: 'The grace begins anew whenever a token is answered in it.',
    caughtBy: ['mi-refresh-grace'],
    controls: records({ graceSlides: true }),
  },
  {
    name: 'forty-seconds-of-grace',
    mistake: 'An old token is answered again for forty seconds.',
    caughtBy: ['mi-refresh-grace', 'mi-refresh-reuse', 'mi-grants-without-store'],
    controls: records({ graceMs: 40_000 }),
  },
  {
    name: 'half-a-minute-for-the-way',
    mistake: 'Codes live half a minute longer than ten minutes, because requests take time.',
    caughtBy: ['mi-code-too-late'],
    controls: records({ codeLivesMs: 10.5 * MINUTE_MS }),
  },
  {
    name: 'code-and-family-have-one-id',
    mistake:
      'A code begins with the id of its family, and whoever shows a used one as a refresh token ends it.',
    caughtBy: ['mi-code-from-history'],
    controls: records({
      makeCode: (family) => `${family}.${makeSecret()}`,
    }),
  },
  {
    name: 'the-hash-is-the-next-one',
    mistake:
      'The next token is the hash of the one before, and hashes of old tokens lie in the store.',
    caughtBy: ['mi-store-is-read'],
    controls: records({ successorOf: (secret) => hashOf(secret) }),
  },
  {
    name: 'the-latest-sign-in-of-a-client',
    mistake:
      'Which family a redeemed code has is remembered for user and client, of whom two may sign in at once.',
    caughtBy: ['mi-sign-ins-apart'],
    controls: records({ nameOf: ({ subject, clientId }) => JSON.stringify([subject, clientId]) }),
  },
  {
    name: 'resources-as-urls',
    mistake: 'Resources are parsed before they are compared, and one that is no URL is an error.',
    caughtBy: ['mi-code-of-others', 'mi-refresh-of-others'],
    controls: records({ isResource: (asked, own) => new URL(asked).href === new URL(own).href }),
  },
  {
    name: 'resources-that-begin-alike',
    mistake: 'A resource that is longer than the granted one is taken for it.',
    caughtBy: ['mi-code-of-others', 'mi-refresh-of-others'],
    controls: records({ isResource: (asked, own) => asked.startsWith(own) }),
  },
  {
    name: 'addresses-that-begin-alike',
    mistake: 'A redirect URI that is longer than the one of the code is taken for it.',
    caughtBy: ['mi-code-of-others'],
    controls: records({ isRedirectUri: (asked, own) => asked.startsWith(own) }),
  },
  {
    name: 'addresses-without-their-slash',
    mistake: 'Redirect URIs are compared without the slash at their end.',
    caughtBy: ['mi-code-of-others'],
    controls: records({
      isRedirectUri: (asked, own) => asked.replace(/\/$/, '') === own.replace(/\/$/, ''),
    }),
  },
  {
    name: 'no-client-is-any-client',
    mistake: 'A request without a client is not compared with the client of its grant.',
    caughtBy: ['mi-code-of-others', 'mi-refresh-of-others'],
    controls: records({ isClient: (asked, own) => asked === undefined || asked === own }),
  },
  {
    name: 'clients-in-small-letters',
    mistake: 'Clients are compared in small letters, and may differ in nothing else.',
    caughtBy: ['mi-code-of-others', 'mi-refresh-of-others'],
    controls: records({ isClient: (asked, own) => asked?.toLowerCase() === own.toLowerCase() }),
  },
  {
    name: 'less-for-ever',
    mistake: 'A client that asked for less once gets no more than that from then on.',
    caughtBy: ['mi-flow-over-instances'],
    controls: records({ grantAfter: (grant, scopes) => ({ ...grant, scopes }) }),
  },
  {
    name: 'not-written-is-not-valid',
    mistake:
      'A code or token that cannot be marked as used is called invalid, and the client throws it away.',
    caughtBy: ['mi-outage-is-told'],
    controls: records({
      replaceNow: async (step) => {
        try {
          return await step;
        } catch {
          throw refused();
        }
      },
    }),
  },
  {
    name: 'codes-that-are-not-kept',
    mistake: 'A code is given out whether the store has kept it or not.',
    caughtBy: ['mi-outage-is-told'],
    controls: records({ keepsOrNot: true }),
  },
  {
    name: 'only-the-first-step-has-an-end',
    mistake: 'Looking up ends after five seconds, and marking as used does when the store says so.',
    caughtBy: ['mi-silence-is-answered'],
    controls: records({
      replaceInTime: async (step) => {
        try {
          return await step;
        } catch {
          throw unavailable();
        }
      },
    }),
  },
  {
    name: 'keys-as-long-as-tokens',
    mistake:
      'What stands before the dot goes into a key as it is, and a long one is called an outage.',
    caughtBy: ['mi-odd-handles'],
    controls: records({ partsOf: cutAtTheDot }),
  },
  {
    name: 'ends-a-family-if-it-can',
    mistake:
      'A family is ended in one attempt, and goes on if its client refreshes at the same moment.',
    caughtBy: ['mi-refresh-reuse'],
    controls: records({ mostRevocations: 1 }),
  },
  {
    name: 'a-code-is-a-refresh-token',
    mistake: 'Codes and refresh tokens lie under the same keys, and each passes for the other.',
    caughtBy: ['mi-code-from-history'],
    controls: marks({ isOfKind: () => true }),
  },
  {
    name: 'a-code-is-used-for-a-minute',
    mistake: 'The mark of a used code lives for a minute, and the code for five.',
    caughtBy: ['mi-code-twice'],
    controls: marks({ codeMarkMs: MINUTE_MS }),
  },
  {
    name: 'a-token-is-used-for-a-day',
    mistake: 'The mark of a used refresh token lives for a day, and the token for thirty.',
    caughtBy: ['mi-refresh-reuse'],
    controls: marks({ tokenMarkMs: DAY_MS }),
  },
  {
    name: 'ten-minutes-of-being-over',
    mistake: 'The mark that ends a family lives for ten minutes, and its tokens for thirty days.',
    caughtBy: ['mi-refresh-reuse'],
    controls: marks({ endMarkMs: 10 * MINUTE_MS }),
  },
  {
    name: 'all-sign-ins-of-a-client-end',
    mistake: 'A token that comes back ends all sign-ins of its user with that client.',
    caughtBy: ['mi-sign-ins-apart'],
    controls: marks({
      endKey: ({ grant }) => JSON.stringify(['end of', grant.subject, grant.clientId]),
    }),
  },
];
