import { randomBytes } from 'node:crypto';
import type {
  CreateGrantStore,
  Grant,
  TokenRequest,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The grace for a lost answer begins anew each time it is made use of, and so never ends.';
export const caughtBy = ['refresh-grace'];

const CODE_LIVES_MS = 60_000;
const GRACE_MS = 10_000;

type Family = { grant: Grant; over: boolean };
type Token = { family: Family; usedAt?: number; next?: string };
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
    issueRefreshToken: (grant) => issue({ grant, over: false }),
    rotateRefreshToken(refreshToken, request) {
      const token = tokens.get(refreshToken);
      if (!token || token.family.grant.clientId !== request.clientId) throw refused();
      const { family, usedAt, next } = token;
      const isTwin =
        usedAt !== undefined && Date.now() - usedAt < GRACE_MS && !tokens.get(next ?? '')?.usedAt;
      if (usedAt !== undefined && !isTwin) family.over = true;
      if (family.over) throw refused();
      const scopes = scopesFor(family.grant, request);
      token.usedAt = Date.now();
      token.next ??= issue(family);
      return { grant: { ...family.grant, scopes }, refreshToken: token.next };
    },
  };
};
