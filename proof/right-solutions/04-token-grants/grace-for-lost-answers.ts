import { randomBytes } from 'node:crypto';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'For ten seconds a refresh token that was just used gives the same successor again, as its answer may have been lost; unless that one was used.';

const GRACE_MS = 10_000;
const CODE_LIVES_MS = 30_000;

interface Token {
  family: { grant: Grant; over: boolean };
  next?: { handle: string; since: number };
}

export const createGrantStore: CreateGrantStore = () => {
  const codes = new Map<string, { grant: Grant; since: number }>();
  const tokens = new Map<string, Token>();
  const refused = (code = 'invalid_grant') => new OAuthError(code, 'This was not granted.');

  function keep<T>(store: Map<string, T>, value: T): string {
    const handle = randomBytes(24).toString('hex');
    store.set(handle, value);
    return handle;
  }

  return {
    issueCode: (grant) => keep(codes, { grant, since: Date.now() }),
    redeemCode(code, { clientId, redirectUri, resource }) {
      const { grant, since = 0 } = codes.get(code) ?? {};
      if (!grant || clientId !== grant.clientId) throw refused();
      if (Date.now() - since > CODE_LIVES_MS) throw refused();
      if (redirectUri && redirectUri !== grant.redirectUri) throw refused();
      if (resource && resource !== grant.resource) throw refused('invalid_target');
      codes.delete(code);
      return grant;
    },
    issueRefreshToken: (grant) => keep(tokens, { family: { grant, over: false } }),
    rotateRefreshToken(refreshToken, { clientId, resource, scope }) {
      const token = tokens.get(refreshToken);
      if (!token || token.family.grant.clientId !== clientId) throw refused();
      const { family, next } = token;
      const isRetry = next && Date.now() - next.since <= GRACE_MS && !tokens.get(next.handle)?.next;
      if (next && !isRetry) family.over = true;
      if (family.over) throw refused();
      if (resource && resource !== family.grant.resource) throw refused('invalid_target');
      const scopes = scope?.split(' ') ?? family.grant.scopes;
      const isGranted = scopes.every((one) => family.grant.scopes.includes(one));
      if (!isGranted) throw refused('invalid_scope');
      token.next ??= { handle: keep(tokens, { family }), since: Date.now() };
      return { grant: { ...family.grant, scopes }, refreshToken: token.next.handle };
    },
  };
};
