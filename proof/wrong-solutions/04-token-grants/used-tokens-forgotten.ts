import { randomBytes } from 'node:crypto';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A used refresh token is deleted, so a copy that comes back looks like any unknown one, and the thief with the newest goes on.';
export const caughtBy = ['refresh-reuse', 'refresh-grace'];

const CODE_LIVES_MS = 5 * 60_000;

const newHandle = (): string => randomBytes(32).toString('base64url');
const invalid = (what: string) =>
  new OAuthError(`invalid_${what}`, 'This is not what was granted.');

export const createGrantStore: CreateGrantStore = () => {
  const codes = new Map<string, { grant: Grant; expiresAt: number }>();
  const tokens = new Map<string, Grant>();

  function issue(grant: Grant): string {
    const token = newHandle();
    tokens.set(token, grant);
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
    issueRefreshToken: issue,
    rotateRefreshToken(refreshToken, { clientId, resource, scope }) {
      const grant = tokens.get(refreshToken);
      if (!grant || grant.clientId !== clientId) throw invalid('grant');
      if (resource !== undefined && resource !== grant.resource) throw invalid('target');
      const scopes = scope?.split(' ') ?? grant.scopes;
      if (!scopes.every((one) => grant.scopes.includes(one))) throw invalid('scope');
      tokens.delete(refreshToken);
      return { grant: { ...grant, scopes }, refreshToken: issue(grant) };
    },
  };
};
