import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { CreateGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A refresh token is the number of its generation in its family, signed; the store keeps one number per family.';

export const createGrantStore: CreateGrantStore = () => {
  const secret = randomBytes(32);
  const codes = new Map<string, { grant: Grant; expiresAt: number }>();
  const families = new Map<string, { grant: Grant; generation: number }>();
  const refused = (code = 'invalid_grant') => new OAuthError(code, 'This was not granted.');

  const macOf = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  const write = (id: string, generation: number): string =>
    `${id}~${generation}~${macOf(`${id}~${generation}`).toString('base64url')}`;

  /** Family and generation of a token that we signed. */
  function read(token: string): [string, number] {
    const [id = '', generation = '', mac = ''] = token.split('~');
    const expected = macOf(`${id}~${generation}`);
    const given = Buffer.from(mac, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw refused();
    return [id, Number(generation)];
  }

  return {
    issueCode(grant) {
      const code = randomUUID();
      codes.set(code, { grant, expiresAt: Date.now() + 60_000 });
      return code;
    },
    redeemCode(code, asked) {
      const found = codes.get(code);
      if (!found || found.expiresAt < Date.now()) throw refused();
      // What was not asked for is as it was granted; the client has to be named.
      const { clientId, redirectUri = found.grant.redirectUri } = asked;
      if (clientId !== found.grant.clientId) throw refused();
      if (redirectUri !== found.grant.redirectUri) throw refused();
      if ((asked.resource ?? found.grant.resource) !== found.grant.resource) throw refused();
      codes.delete(code);
      return found.grant;
    },
    issueRefreshToken(grant) {
      const id = randomUUID();
      families.set(id, { grant, generation: 1 });
      return write(id, 1);
    },
    rotateRefreshToken(refreshToken, { clientId, resource, scope }) {
      const [id, generation] = read(refreshToken);
      const family = families.get(id);
      if (!family || family.grant.clientId !== clientId) throw refused();
      if (generation < family.generation) families.delete(id);
      if (!families.has(id)) throw refused();
      if (resource && resource !== family.grant.resource) throw refused('invalid_target');
      const granted = new Set(family.grant.scopes);
      // Scopes that were not granted are left out, and the answer says so (RFC 6749 §5.1).
      const scopes = scope?.split(' ').filter((one) => granted.has(one)) ?? [...granted];
      if (scopes.length === 0) throw refused('invalid_scope');
      family.generation += 1;
      return { grant: { ...family.grant, scopes }, refreshToken: write(id, family.generation) };
    },
  };
};
