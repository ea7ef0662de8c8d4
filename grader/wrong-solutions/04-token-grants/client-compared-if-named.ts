import { randomBytes } from 'node:crypto';
import type {
  CreateGrantStore,
  Grant,
  TokenRequest,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The client is compared if the request names one; a thief simply does not say who they are.';
export const caughtBy = ['code-other-client', 'refresh-scope-up'];

const CODE_LIVES_MS = 5 * 60_000;

export const createGrantStore: CreateGrantStore = () => {
  const codes = new Map<string, { grant: Grant; expiresAt: number }>();
  const families = new WeakMap<Grant, { revoked: boolean }>();
  const refreshTokens = new Map<string, { grant: Grant; used: boolean }>();

  const newHandle = (): string => randomBytes(32).toString('base64url');
  const refused = () => new OAuthError('invalid_grant', 'This grant is not valid.');

  /** Compares whatever the client sent with what was granted. */
  function compare(request: TokenRequest, grant: Grant): void {
    if (request.clientId && request.clientId !== grant.clientId) throw refused();
    if (request.redirectUri && request.redirectUri !== grant.redirectUri) throw refused();
    if (request.resource && request.resource !== grant.resource) {
      throw new OAuthError('invalid_target', 'This grant is for another resource.');
    }
  }

  return {
    issueCode(grant) {
      const code = newHandle();
      codes.set(code, { grant, expiresAt: Date.now() + CODE_LIVES_MS });
      return code;
    },
    redeemCode(code, request) {
      const found = codes.get(code);
      if (!found || found.expiresAt <= Date.now()) throw refused();
      compare(request, found.grant);
      codes.delete(code);
      return found.grant;
    },
    issueRefreshToken(grant) {
      const token = newHandle();
      families.set(grant, { revoked: false });
      refreshTokens.set(token, { grant, used: false });
      return token;
    },
    rotateRefreshToken(refreshToken, request) {
      const found = refreshTokens.get(refreshToken);
      const family = found && families.get(found.grant);
      if (!found || !family) throw refused();
      compare(request, found.grant);
      if (found.used) family.revoked = true;
      if (family.revoked) throw refused();
      const scopes = request.scope?.split(' ') ?? found.grant.scopes;
      if (!scopes.every((scope) => found.grant.scopes.includes(scope))) {
        throw new OAuthError('invalid_scope', 'The user did not allow this.');
      }
      found.used = true;
      const next = newHandle();
      refreshTokens.set(next, { grant: found.grant, used: false });
      return { grant: { ...found.grant, scopes }, refreshToken: next };
    },
  };
};
