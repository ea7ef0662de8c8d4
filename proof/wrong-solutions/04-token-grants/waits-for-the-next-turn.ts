import { randomBytes } from 'node:crypto';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A code and a refresh token are marked in the next turn of the event loop, once the answer is on its way.';
export const caughtBy = ['code-replay', 'refresh-reuse'];
/** Which of many at once catches it first is chance. */
export const races = true;

const CODE_LIVES_MS = 5 * 60_000;

type Family = { grant: Grant; revoked: boolean };

const newHandle = (): string => randomBytes(32).toString('base64url');
const invalid = (what: string) =>
  new OAuthError(`invalid_${what}`, 'This is not what was granted.');

export const createGrantStore: CreateGrantStore = () => {
  const codes = new Map<string, { grant: Grant; expiresAt: number }>();
  const families = new Map<string, Family>();
  const isUsed = new Map<string, boolean>();

  function issue(family: Family): string {
    const token = newHandle();
    families.set(token, family);
    return token;
  }

  return {
    issueCode(grant) {
      const code = newHandle();
      codes.set(code, { grant, expiresAt: Date.now() + CODE_LIVES_MS });
      return code;
    },
    redeemCode(code, { clientId, redirectUri, resource }) {
      const { grant, expiresAt = 0 } = codes.get(code) ?? {};
      if (!grant || expiresAt <= Date.now()) throw invalid('grant');
      if (clientId !== grant.clientId) throw invalid('grant');
      if (redirectUri !== undefined && redirectUri !== grant.redirectUri) throw invalid('grant');
      if (resource !== undefined && resource !== grant.resource) throw invalid('target');
      setImmediate(() => codes.delete(code));
      return grant;
    },
    issueRefreshToken: (grant) => issue({ grant, revoked: false }),
    rotateRefreshToken(refreshToken, { clientId, resource, scope }) {
      const used = isUsed.get(refreshToken);
      const family = families.get(refreshToken);
      if (family?.grant.clientId !== clientId || !family) throw invalid('grant');
      if (used) family.revoked = true;
      if (family.revoked) throw invalid('grant');
      if (resource !== undefined && resource !== family.grant.resource) throw invalid('target');
      const scopes = scope?.split(' ') ?? family.grant.scopes;
      if (!scopes.every((one) => family.grant.scopes.includes(one))) throw invalid('scope');
      setImmediate(() => isUsed.set(refreshToken, true));
      return { grant: { ...family.grant, scopes }, refreshToken: issue(family) };
    },
  };
};
