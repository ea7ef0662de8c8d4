import { randomBytes } from 'node:crypto';
import type {
  CreateGrantStore,
  Grant,
  TokenRequest,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The grace is counted from the latest refresh of the family, so that each refresh lets every older token in again.';
export const caughtBy = ['refresh-reuse'];

const CODE_LIVES_MS = 60_000;
const GRACE_MS = 10_000;

type Family = { grant: Grant; over: boolean; newest: string; refreshedAt: number };
type Token = { family: Family };
const refused = (code = 'invalid_grant') => new OAuthError(code, 'This was not granted.');

export const createGrantStore: CreateGrantStore = () => {
  const codes = new Map<string, { grant: Grant; expiresAt: number }>();
  const tokens = new Map<string, Token>();

  function issue(family: Family): string {
    const handle = randomBytes(32).toString('base64url');
    tokens.set(handle, { family });
    return handle;
  }

  function scopesFor(grant: Grant, { resource, scope }: TokenRequest): string[] {
    if (resource !== undefined && resource !== grant.resource) throw refused('invalid_target');
    const scopes = scope?.split(' ') ?? grant.scopes;
    if (!scopes.every((one) => grant.scopes.includes(one))) throw refused('invalid_scope');
    return scopes;
  }

  return {
    issueCode(grant) {
      const code = randomBytes(32).toString('base64url');
      codes.set(code, { grant, expiresAt: Date.now() + CODE_LIVES_MS });
      return code;
    },
    redeemCode(code, request) {
      const found = codes.get(code);
      if (!found || found.expiresAt <= Date.now()) throw refused();
      const { grant } = found;
      if (request.clientId !== grant.clientId) throw refused();
      if ((request.redirectUri ?? grant.redirectUri) !== grant.redirectUri) throw refused();
      if ((request.resource ?? grant.resource) !== grant.resource) throw refused('invalid_target');
      codes.delete(code);
      return grant;
    },
    issueRefreshToken(grant) {
      const family = { grant, over: false, newest: '', refreshedAt: -Infinity };
      return (family.newest = issue(family));
    },
    rotateRefreshToken(refreshToken, request) {
      const token = tokens.get(refreshToken);
      if (!token || token.family.grant.clientId !== request.clientId) throw refused();
      const { family } = token;
      const isNewest = refreshToken === family.newest;
      const isEarly = Date.now() - family.refreshedAt < GRACE_MS;
      if (!isNewest && !isEarly) family.over = true;
      if (family.over) throw refused();
      const grant = { ...family.grant, scopes: scopesFor(family.grant, request) };
      if (isNewest) {
        family.refreshedAt = Date.now();
        family.newest = issue(family);
      }
      return { grant, refreshToken: family.newest };
    },
  };
};
