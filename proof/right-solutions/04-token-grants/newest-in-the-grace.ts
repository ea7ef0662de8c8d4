import { randomBytes } from 'node:crypto';
import type {
  CreateGrantStore,
  Grant,
  TokenRequest,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Within twenty seconds of its own use, a token brings the newest of its family, also if that is the grandchild.';

const CODE_LIVES_MS = 60_000;
const GRACE_MS = 20_000;

type Family = { grant: Grant; over: boolean; newest: string };
type Token = { family: Family; usedAt?: number };
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
    issueRefreshToken: (grant) => issue({ grant, over: false, newest: '' }),
    rotateRefreshToken(refreshToken, request) {
      const token = tokens.get(refreshToken);
      if (!token || token.family.grant.clientId !== request.clientId) throw refused();
      const { family, usedAt } = token;
      if (usedAt !== undefined && Date.now() - usedAt >= GRACE_MS) family.over = true;
      if (family.over) throw refused();
      const grant = { ...family.grant, scopes: scopesFor(family.grant, request) };
      if (usedAt === undefined) {
        token.usedAt = Date.now();
        family.newest = issue(family);
      }
      return { grant, refreshToken: family.newest };
    },
  };
};
