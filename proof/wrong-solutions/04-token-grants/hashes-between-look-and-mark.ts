import { randomBytes, webcrypto } from 'node:crypto';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The code is looked up, hashed by an asynchronous function, and only then deleted: in that fraction of a millisecond it is still there for others.';
export const caughtBy = ['code-replay'];
export const races = true;

const CODE_LIVES_MS = 5 * 60_000;
/** For the log: a code must not stand there itself. */
const fingerprint = async (code: string): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', Buffer.from(code))).toString('hex');

type Family = { grant: Grant; revoked: boolean };

const newHandle = (): string => randomBytes(32).toString('base64url');
const invalid = (what: string) =>
  new OAuthError(`invalid_${what}`, 'This is not what was granted.');

export const createGrantStore: CreateGrantStore = () => {
  const codes = new Map<string, { grant: Grant; expiresAt: number }>();
  const families = new Map<string, Family>();
  const redeemed = new Set<string>();
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
    async redeemCode(code, { clientId, redirectUri, resource }) {
      const { grant, expiresAt = 0 } = codes.get(code) ?? {};
      if (!grant || expiresAt <= Date.now()) throw invalid('grant');
      if (clientId !== grant.clientId) throw invalid('grant');
      if (redirectUri !== undefined && redirectUri !== grant.redirectUri) throw invalid('grant');
      if (resource !== undefined && resource !== grant.resource) throw invalid('target');
      const known = await fingerprint(code);
      redeemed.add(known);
      codes.delete(code);
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
      isUsed.set(refreshToken, true);
      return { grant: { ...family.grant, scopes }, refreshToken: issue(family) };
    },
  };
};
