import { randomBytes } from 'node:crypto';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A client may not have received the answer, so the token before stays good, and there is no end to that.';
export const caughtBy = ['refresh-reuse', 'refresh-grace'];

const CODE_LIVES_MS = 5 * 60_000;

type Family = { grant: Grant; current: string; previous: string | undefined; revoked: boolean };
const newHandle = (): string => randomBytes(32).toString('base64url');
const invalid = (what: string) =>
  new OAuthError(`invalid_${what}`, 'This is not what was granted.');

export const createGrantStore: CreateGrantStore = () => {
  const codes = new Map<string, { grant: Grant; expiresAt: number }>();
  const tokens = new Map<string, Family>();

  function issue(family: Family): string {
    family.current = newHandle();
    tokens.set(family.current, family);
    return family.current;
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
    issueRefreshToken: (grant) =>
      issue({ grant, current: '', previous: undefined, revoked: false }),
    rotateRefreshToken(refreshToken, { clientId, resource, scope }) {
      const family = tokens.get(refreshToken);
      if (!family || family.grant.clientId !== clientId) throw invalid('grant');
      const isRetry = refreshToken === family.previous;
      if (!isRetry && refreshToken !== family.current) family.revoked = true;
      if (family.revoked) throw invalid('grant');
      if (resource !== undefined && resource !== family.grant.resource) throw invalid('target');
      const scopes = scope?.split(' ') ?? family.grant.scopes;
      if (!scopes.every((one) => family.grant.scopes.includes(one))) throw invalid('scope');
      const grant = { ...family.grant, scopes };
      if (isRetry) return { grant, refreshToken: family.current };
      family.previous = refreshToken;
      return { grant, refreshToken: issue(family) };
    },
  };
};
