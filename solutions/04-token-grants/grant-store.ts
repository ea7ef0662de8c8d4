import { createHash, createHmac, randomBytes } from 'node:crypto';
import type {
  CreateGrantStore,
  Grant,
  TokenRequest,
} from '../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../exercises/weather-server/errors.ts';

/** A code travels once, by way of a browser; OAuth 2.1 §4.1.2 allows ten minutes. */
const CODE_LIVES_MS = 60_000;
const REFRESH_TOKEN_LIVES_MS = 30 * 24 * 60 * 60_000;
/**
 * For how long after its use a refresh token is answered once more, as it was the first time. Clients
 * refresh once for each call in flight, and an answer can get lost; a copy is seldom this quick.
 */
const REUSE_GRACE_MS = 10_000;

/** All that came of one code: its refresh tokens, of which one is good, and whether any still is. */
interface Family {
  grant: Grant;
  revoked: boolean;
}
interface Handle {
  family: Family;
  expiresAt: number;
  /** Remembered until it expires: whoever brings it again holds a copy. */
  usedAt?: number;
  /** What a refresh token was replaced by. */
  successor?: Handle;
}

/**
 * Codes and refresh tokens that work once (OAuth 2.1 §4.1.3, §4.3.1). Using one and marking it used
 * is a single step, with no `await` in between, so of parallel requests one succeeds.
 *
 * A used handle that comes back means that two parties hold it, and nobody can say which is the
 * client: everything that came of it is revoked, and the user signs in anew (RFC 9700 §4.14.2).
 * Excepted is a refresh token that comes back within `REUSE_GRACE_MS` of its first use, before its
 * successor was used: it brings that same successor again, so that a token never has two, and an
 * access token of its own. A thief who is that quick holds what the client holds, and as soon as they
 * use it more than the grace apart, the family ends.
 *
 * A request of another client, for another redirect URI or resource, or for more scopes, is refused
 * and leaves the grant to the client it belongs to. An absent `redirect_uri` is fine (OAuth 2.1).
 *
 * Handles are kept as hashes, until they expire. They are random, or made of their predecessor under
 * a random key, so that a successor can be named again though no handle is kept. Access tokens live on
 * until they expire by themselves, which is why they are short-lived.
 */
export const createGrantStore: CreateGrantStore = ({ scopesSupported }) => {
  const codes = new Map<string, Handle>();
  const refreshTokens = new Map<string, Handle>();
  const families = new WeakMap<Grant, Family>();
  const successorKey = randomBytes(32);
  const successorOf = (refreshToken: string): string =>
    createHmac('sha256', successorKey).update(refreshToken).digest('base64url');

  function issue(
    store: Map<string, Handle>,
    family: Family,
    livesMs: number,
    handle = randomBytes(32).toString('base64url'),
  ): string {
    const now = Date.now();
    // Every handle of a store lives equally long, so the oldest come first.
    for (const [hash, { expiresAt }] of store) {
      if (expiresAt > now) break;
      store.delete(hash);
    }
    store.set(digest(handle), { family, expiresAt: now + livesMs });
    return handle;
  }

  /** The handle, if this request may use it. A used one that comes back ends its family. */
  function find(store: Map<string, Handle>, handle: string, request: TokenRequest): Handle {
    const found = store.get(digest(handle));
    if (!found || found.expiresAt <= Date.now()) throw invalidGrant();
    const { family } = found;
    if (request.clientId !== family.grant.clientId) throw invalidGrant();
    const isReplay = found.usedAt !== undefined && !isInGrace(found);
    // A stranger who has a used code, and no verifier, must not be able to sign the client out.
    if (isReplay && (store !== codes || request.provesPossession(family.grant))) {
      family.revoked = true;
    }
    if (isReplay || family.revoked) throw invalidGrant();
    if (request.resource !== undefined && request.resource !== family.grant.resource) {
      throw new OAuthError('invalid_target', 'This grant is for another resource.');
    }
    return found;
  }

  return {
    issueCode: (grant) => issue(codes, { grant, revoked: false }, CODE_LIVES_MS),

    redeemCode(code, request) {
      const found = find(codes, code, request);
      const { redirectUri } = found.family.grant;
      if (request.redirectUri !== undefined && request.redirectUri !== redirectUri) {
        throw invalidGrant();
      }
      found.usedAt = Date.now();
      const grant = { ...found.family.grant };
      families.set(grant, found.family);
      return grant;
    },

    issueRefreshToken(grant) {
      const family = families.get(grant) ?? { grant, revoked: false };
      return issue(refreshTokens, family, REFRESH_TOKEN_LIVES_MS);
    },

    rotateRefreshToken(refreshToken, request) {
      const found = find(refreshTokens, refreshToken, request);
      const { grant } = found.family;
      const asked = [...new Set(request.scope?.split(' ').filter(Boolean))];
      // Words that mean nothing here are left out, as they were when the user was asked (topic 03).
      const known = asked.filter((scope) => scopesSupported.includes(scope));
      const scopes = asked.length > 0 ? known : grant.scopes;
      const isNothing = asked.length > 0 && known.length === 0;
      if (isNothing || !scopes.every((scope) => grant.scopes.includes(scope))) {
        throw new OAuthError('invalid_scope', 'A refresh token cannot gain scopes.');
      }
      const successor = successorOf(refreshToken);
      if (found.usedAt === undefined) {
        issue(refreshTokens, found.family, REFRESH_TOKEN_LIVES_MS, successor);
        found.usedAt = Date.now();
        found.successor = refreshTokens.get(digest(successor))!;
      }
      // Word by word, without the hierarchy. Narrower for this access token; the family keeps what was granted (RFC 6749 §6).
      return { grant: { ...grant, scopes }, refreshToken: successor };
    },
  };
};

/** Codes have no successor, and so no grace. */
function isInGrace({ usedAt = 0, successor }: Handle): boolean {
  const age = Date.now() - usedAt;
  const isEarly = age >= 0 && age < REUSE_GRACE_MS; // A clock can be set back.
  return isEarly && successor !== undefined && successor.usedAt === undefined;
}

const digest = (handle: string): string => createHash('sha256').update(handle).digest('base64url');

const invalidGrant = (): OAuthError =>
  new OAuthError('invalid_grant', 'This grant is not valid, or not valid any more.');
