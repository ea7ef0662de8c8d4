import { createHash, createHmac, randomBytes } from 'node:crypto';
import type {
  CreateSharedGrantStore,
  Grant,
  TokenRequest,
} from '../../exercises/weather-server/controls.ts';
import { OAuthError, UnavailableError } from '../../exercises/weather-server/errors.ts';
import { withinFiveSeconds } from './shared-limiter.ts';

/** A code travels once, by way of a browser; OAuth 2.1 §4.1.2 allows ten minutes. */
const CODE_LIVES_MS = 60_000;
const REFRESH_TOKEN_LIVES_MS = 30 * 24 * 60 * 60_000;
/** As in topic 04: clients refresh once for each call in flight, and an answer can get lost. */
const REUSE_GRACE_MS = 10_000;
/** Each failed attempt means that another one succeeded. */
const MOST_ATTEMPTS = 10;

/** A code, under its hash. */
interface Code {
  grant: Grant;
  isUsed: boolean;
  /** Id of what comes of it. */
  family: string;
}

/** The refresh tokens that came of one code, under an id that only they have. */
interface Family {
  grant: Grant;
  revoked: boolean;
  /** Makes the next token of the one before it, so that it can be named again. */
  successorKey: string;
  /** Hash of the token that is good now. */
  current?: string;
  previous?: string;
  /** When `previous` was used, on the store's clock. */
  rotatedAt?: number;
}

/** What a record is to be from now on, if it changes, and what that means to whoever asked. */
interface Change<Kept, Given> {
  next?: Kept;
  give: () => Given | Promise<Given>;
}

/**
 * Codes and refresh tokens of several instances (RFC 9700 §4.14.2). A record is changed in one way only:
 * read it, decide, and put the new one in place of exactly what was read. Of requests at once at three
 * instances one succeeds; the others read again, and find the handle used. All refresh tokens of a code
 * are one record, which knows one good one: whatever else comes under its id was used before, and ends
 * them all.
 *
 * The store has hashes, so that nobody signs in with what a backup says. Lives are the store's, and no
 * instance's clock is asked: an hour ahead, it would refuse every fresh code, and behind it would take
 * every old one.
 *
 * What the store does not know is not valid: nothing is remembered here. A store that has lost its
 * memory signs everybody out. While it cannot be asked, nothing is decided (`UnavailableError`), also
 * when a step was done and its answer was lost: the client asks again and may find its code used, and
 * never does anybody get two answers that both count.
 */
export const createSharedGrantStore: CreateSharedGrantStore = ({ scopesSupported }, store) => {
  /** Of grants that were redeemed here, a moment ago. */
  const familyOf = new WeakMap<Grant, string>();

  async function ask<T>(step: Promise<T>): Promise<T> {
    try {
      return await withinFiveSeconds(step);
    } catch {
      throw new UnavailableError('Grants cannot be looked up now.');
    }
  }

  /** Decides about a record as it is, and writes what follows, if it still is so. */
  async function change<Kept, Given>(
    key: string,
    lifeMs: number,
    decide: (kept: Kept) => Change<Kept, Given>,
  ): Promise<Given> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const text = await ask(store.get(key));
      if (text === undefined) throw invalidGrant();
      const { next, give } = decide(JSON.parse(text) as Kept);
      if (next === undefined) return give();
      if (await ask(store.replace(key, text, JSON.stringify(next), lifeMs))) return give();
    }
    throw new UnavailableError('This grant is used by too many at once.');
  }

  const changeFamily = <Given>(
    id: string,
    decide: (family: Family) => Change<Family, Given>,
  ): Promise<Given> => change(familyKey(id), REFRESH_TOKEN_LIVES_MS, decide);

  return {
    async issueCode(grant) {
      const code = makeSecret();
      const id = randomBytes(16).toString('base64url');
      const family: Family = { grant, revoked: false, successorKey: makeSecret() };
      const kept: Code = { grant, isUsed: false, family: id };
      // Longer than the code, which may be redeemed in its last second.
      await ask(store.set(familyKey(id), JSON.stringify(family), 2 * CODE_LIVES_MS));
      await ask(store.set(codeKey(code), JSON.stringify(kept), CODE_LIVES_MS));
      return code;
    },

    redeemCode: (code, request) =>
      change(codeKey(code), CODE_LIVES_MS, (kept: Code) => {
        requireBound(kept.grant, request);
        const { redirectUri } = kept.grant;
        if (request.redirectUri !== undefined && request.redirectUri !== redirectUri) {
          throw invalidGrant();
        }
        if (kept.isUsed) {
          // A stranger who has a used code, and no verifier, must not sign the client out.
          if (!request.provesPossession(kept.grant)) throw invalidGrant();
          return { give: () => changeFamily(kept.family, revoke) };
        }
        const grant = { ...kept.grant };
        familyOf.set(grant, kept.family);
        return { next: { ...kept, isUsed: true }, give: () => grant };
      }),

    async issueRefreshToken(grant) {
      const id = familyOf.get(grant);
      if (id === undefined) throw new Error('a grant that was not redeemed here');
      const secret = makeSecret();
      return changeFamily(id, (family) => ({
        next: { ...family, current: hashOf(secret) },
        give: () => `${id}.${secret}`,
      }));
    },

    async rotateRefreshToken(refreshToken, request) {
      const [, id, secret] = REFRESH_TOKEN.exec(refreshToken) ?? [];
      if (id === undefined || secret === undefined) throw invalidGrant();
      const now = await ask(store.now());
      return changeFamily(id, (family) => {
        const { grant, current, previous, rotatedAt = 0, successorKey } = family;
        requireBound(grant, request);
        if (family.revoked) throw invalidGrant();
        const hash = hashOf(secret);
        const isInGrace = hash === previous && now - rotatedAt < REUSE_GRACE_MS;
        if (hash !== current && !isInGrace) return revoke(family);
        const given = { ...grant, scopes: scopesFor(request, grant, scopesSupported) };
        const successor = createHmac('sha256', successorKey).update(secret).digest('base64url');
        const give = () => ({ grant: given, refreshToken: `${id}.${successor}` });
        if (hash !== current) return { give };
        const rotated = { current: hashOf(successor), previous: hash, rotatedAt: now };
        return { next: { ...family, ...rotated }, give };
      });
    },
  };
};

/** Two parties hold what came back, and nobody can say which is the client. */
const revoke = (family: Family): Change<Family, never> => ({
  next: { ...family, revoked: true },
  give() {
    throw invalidGrant();
  },
});

/** A request of somebody else is refused, and leaves the grant to the client it belongs to. */
function requireBound(grant: Grant, { clientId, resource }: TokenRequest): void {
  if (clientId !== grant.clientId) throw invalidGrant();
  if (resource !== undefined && resource !== grant.resource) {
    throw new OAuthError('invalid_target', 'This grant is for another resource.');
  }
}

/** As in topic 04: fewer for this access token, never more, and words that mean nothing are left out. */
function scopesFor({ scope }: TokenRequest, grant: Grant, supported: string[]): string[] {
  const asked = [...new Set(scope?.split(' ').filter(Boolean))];
  if (asked.length === 0) return grant.scopes;
  const known = asked.filter((one) => supported.includes(one));
  if (known.length === 0 || !known.every((one) => grant.scopes.includes(one))) {
    throw new OAuthError('invalid_scope', 'A refresh token cannot gain scopes.');
  }
  return known;
}

const REFRESH_TOKEN = /^([\w-]{22})\.([\w-]{43})$/;

const familyKey = (id: string): string => `refresh tokens of ${id}`;
const codeKey = (code: string): string => `code ${hashOf(code)}`;

const makeSecret = (): string => randomBytes(32).toString('base64url');

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

const invalidGrant = (): OAuthError =>
  new OAuthError('invalid_grant', 'This grant is not valid, or not valid any more.');
