import { randomBytes } from 'node:crypto';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A copy that comes back ends every sign-in of its user, also those of programs that nobody stole from.';
export const caughtBy = ['two-clients-do-not-disturb'];

const CODE_LIVES_MS = 5 * 60_000;

type Family = { grant: Grant; revoked: boolean };

const newHandle = (): string => randomBytes(32).toString('base64url');
const invalid = (what: string) =>
  new OAuthError(`invalid_${what}`, 'This is not what was granted.');

export const createGrantStore: CreateGrantStore = () => {
  const codes = new Map<string, { grant: Grant; expiresAt: number }>();
  const tokens = new Map<string, { family: Family; used: boolean }>();

  function issue(family: Family): string {
    const token = newHandle();
    tokens.set(token, { family, used: false });
    return token;
  }

  return {
    issueCode(grant) {
      const code = newHandle();
      codes.set(code, { grant, expiresAt: Date.now() + CODE_LIVES_MS });
      return code;
    },
    redeemCode(code, { clientId, redirectUri, resource }) {
      const found = codes.get(code);
      if (!found || found.expiresAt <= Date.now()) throw invalid('grant');
      const { grant } = found;
      if (clientId !== grant.clientId) throw invalid('grant');
      if (redirectUri !== undefined && redirectUri !== grant.redirectUri) throw invalid('grant');
      if (resource !== undefined && resource !== grant.resource) throw invalid('target');
      codes.delete(code);
      return grant;
    },
    issueRefreshToken: (grant) => issue({ grant, revoked: false }),
    rotateRefreshToken(refreshToken, { clientId, resource, scope }) {
      const found = tokens.get(refreshToken);
      if (!found || found.family.grant.clientId !== clientId) throw invalid('grant');
      const { family } = found;
      if (found.used) {
        for (const other of tokens.values()) {
          if (other.family.grant.subject === family.grant.subject) other.family.revoked = true;
        }
      }
      if (family.revoked) throw invalid('grant');
      if (resource !== undefined && resource !== family.grant.resource) throw invalid('target');
      const scopes = scope?.split(' ') ?? family.grant.scopes;
      if (!scopes.every((one) => family.grant.scopes.includes(one))) throw invalid('scope');
      found.used = true;
      return { grant: { ...family.grant, scopes }, refreshToken: issue(family) };
    },
  };
};
