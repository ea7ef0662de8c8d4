import { randomBytes } from 'node:crypto';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Codes and refresh tokens are both random, so one map holds them, and a code passes for a refresh token.';
export const caughtBy = ['grant-confusion'];

const CODE_LIVES_MS = 5 * 60_000;

type Entry = { family: { grant: Grant; revoked: boolean }; expiresAt: number; used: boolean };
const newHandle = (): string => randomBytes(32).toString('base64url');
const invalid = (what: string) =>
  new OAuthError(`invalid_${what}`, 'This is not what was granted.');

export const createGrantStore: CreateGrantStore = () => {
  const handles = new Map<string, Entry>();

  function issue(family: Entry['family'], livesMs: number): string {
    const token = newHandle();
    handles.set(token, { family, used: false, expiresAt: Date.now() + livesMs });
    return token;
  }
  function take(handle: string, clientId: string | undefined, resource: string | undefined): Entry {
    const found = handles.get(handle);
    if (!found || found.family.grant.clientId !== clientId) throw invalid('grant');
    if (found.expiresAt <= Date.now()) throw invalid('grant');
    if (found.used) found.family.revoked = true;
    if (found.family.revoked) throw invalid('grant');
    if (resource !== undefined && resource !== found.family.grant.resource) throw invalid('target');
    return found;
  }

  return {
    issueCode: (grant) => issue({ grant, revoked: false }, CODE_LIVES_MS),
    redeemCode(code, { clientId, redirectUri, resource }) {
      const found = take(code, clientId, resource);
      const { grant } = found.family;
      if (redirectUri !== undefined && redirectUri !== grant.redirectUri) throw invalid('grant');
      found.used = true;
      return grant;
    },
    issueRefreshToken: (grant) => issue({ grant, revoked: false }, 30 * 86_400_000),
    rotateRefreshToken(refreshToken, { clientId, resource, scope }) {
      const found = take(refreshToken, clientId, resource);
      const { family } = found;
      const scopes = scope?.split(' ') ?? family.grant.scopes;
      if (!scopes.every((one) => family.grant.scopes.includes(one))) throw invalid('scope');
      found.used = true;
      return { grant: { ...family.grant, scopes }, refreshToken: issue(family, 30 * 86_400_000) };
    },
  };
};
