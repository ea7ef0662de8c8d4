import { randomBytes } from 'node:crypto';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake = 'A family is looked up by client_id, though many users share one client.';
export const caughtBy = ['users-of-one-client-stay-apart'];

const CODE_LIVES_MS = 5 * 60_000;

type Family = { grant: Grant; revoked: boolean };
const newHandle = (): string => randomBytes(32).toString('base64url');
const invalid = (what: string) =>
  new OAuthError(`invalid_${what}`, 'This is not what was granted.');

export const createGrantStore: CreateGrantStore = () => {
  const codes = new Map<string, { grant: Grant; expiresAt: number }>();
  const families = new Map<string, Family>();
  const tokens = new Map<string, { used: boolean; clientId: string }>();

  function issue(clientId: string): string {
    const token = newHandle();
    tokens.set(token, { used: false, clientId });
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
    issueRefreshToken(grant) {
      families.set(grant.clientId, { grant, revoked: false });
      return issue(grant.clientId);
    },
    rotateRefreshToken(refreshToken, { clientId, resource, scope }) {
      const found = tokens.get(refreshToken);
      const family = families.get(clientId ?? '');
      if (!found || !family || found.clientId !== clientId) throw invalid('grant');
      if (found.used) family.revoked = true;
      if (family.revoked) throw invalid('grant');
      if (resource !== undefined && resource !== family.grant.resource) throw invalid('target');
      const scopes = scope?.split(' ') ?? family.grant.scopes;
      if (!scopes.every((one) => family.grant.scopes.includes(one))) throw invalid('scope');
      found.used = true;
      return { grant: { ...family.grant, scopes }, refreshToken: issue(clientId) };
    },
  };
};
