import { randomUUID } from 'node:crypto';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A code is taken out of the store by whoever presents it, rightly or not; of a family only the newest token is kept, and any other ends it.';

const TEN_MINUTES_MS = 10 * 60_000;
const THIRTY_DAYS_MS = 30 * 24 * 60 * 60_000;

export const createGrantStore: CreateGrantStore = () => {
  const codes = new Map<string, Grant & { endsAt: number }>();
  const families = new Map<string, { grant: Grant; newest: string; endsAt: number }>();
  const refused = () => new OAuthError('invalid_grant', 'Please sign in again.');

  return {
    issueCode(grant) {
      const code = randomUUID();
      codes.set(code, { ...grant, endsAt: Date.now() + TEN_MINUTES_MS });
      return code;
    },
    redeemCode(code, asked) {
      const grant = codes.get(code);
      codes.delete(code);
      // The redirect URI has to be sent, as RFC 6749 §4.1.3 asks for.
      const fits = grant?.clientId === asked.clientId && grant?.redirectUri === asked.redirectUri;
      if (!grant || !fits || grant.endsAt <= Date.now()) throw refused();
      if ((asked.resource ?? grant.resource) !== grant.resource) {
        throw new OAuthError('invalid_target', 'The code is for another resource.');
      }
      const { endsAt: _endsAt, ...rest } = grant;
      return rest;
    },
    issueRefreshToken(grant) {
      const [id, newest] = [randomUUID(), randomUUID()];
      families.set(id, { grant, newest, endsAt: Date.now() + THIRTY_DAYS_MS });
      return `${id}.${newest}`;
    },
    rotateRefreshToken(refreshToken, asked) {
      const [id = '', secret] = refreshToken.split('.');
      const family = families.get(id);
      if (!family || family.grant.clientId !== asked.clientId) throw refused();
      if (family.newest !== secret || family.endsAt <= Date.now()) {
        families.delete(id);
        throw refused();
      }
      const { grant } = family;
      if ((asked.resource ?? grant.resource) !== grant.resource) {
        throw new OAuthError('invalid_target', 'The token is for another resource.');
      }
      const scopes = asked.scope?.split(' ') ?? grant.scopes;
      if (scopes.some((scope) => !grant.scopes.includes(scope))) {
        throw new OAuthError('invalid_scope', 'That was not granted.');
      }
      family.newest = randomUUID();
      return { grant: { ...grant, scopes }, refreshToken: `${id}.${family.newest}` };
    },
  };
};
