import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The store answers later, as one in another process does; a chain of promises lets requests through one by one.';

/** Everything that came of one code: the code, then each refresh token. */
type Family = { grant: Grant; current: string | undefined };

export const createGrantStore: CreateGrantStore = () => {
  const store = new Map<string, { family: Family; expiresAt: number; kind: 'code' | 'refresh' }>();
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }
  const refused = (code = 'invalid_grant') => new OAuthError(code, 'This was not granted.');

  function issue(family: Family, kind: 'code' | 'refresh', livesMs: number): string {
    family.current = randomBytes(32).toString('base64url');
    store.set(family.current, { family, kind, expiresAt: Date.now() + livesMs });
    return family.current;
  }

  async function find(handle: string, kind: 'code' | 'refresh', clientId = ''): Promise<Family> {
    await pause(1);
    const found = store.get(handle);
    if (found?.kind !== kind || found.expiresAt <= Date.now()) throw refused();
    if (found.family.grant.clientId !== clientId) throw refused();
    if (found.family.current !== handle) found.family.current = undefined;
    if (found.family.current === undefined) throw refused();
    return found.family;
  }

  return {
    issueCode: (grant) => issue({ grant, current: undefined }, 'code', 60_000),
    redeemCode: (code, { clientId, redirectUri, resource }) =>
      inTurn(async () => {
        const family = await find(code, 'code', clientId);
        const { grant } = family;
        if (redirectUri && redirectUri !== grant.redirectUri) throw refused();
        if (resource && resource !== grant.resource) throw refused('invalid_target');
        family.current = undefined;
        return grant;
      }),
    issueRefreshToken: (grant) => issue({ grant, current: undefined }, 'refresh', 7 * 86_400_000),
    rotateRefreshToken: (refreshToken, { clientId, resource, scope }) =>
      inTurn(async () => {
        const family = await find(refreshToken, 'refresh', clientId);
        const { grant } = family;
        if (resource && resource !== grant.resource) throw refused('invalid_target');
        const scopes = scope?.split(' ') ?? grant.scopes;
        if (!scopes.every((one) => grant.scopes.includes(one))) throw refused('invalid_scope');
        const next = issue(family, 'refresh', 7 * 86_400_000);
        return { grant: { ...grant, scopes }, refreshToken: next };
      }),
  };
};
