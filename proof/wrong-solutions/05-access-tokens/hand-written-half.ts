import { webcrypto } from 'node:crypto';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A verifier written by hand checks what its author thought of, and neither nbf nor crit was on the list.';
export const caughtBy = ['tok-not-yet-valid', 'tok-kid-tricks'];

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const { alg, typ, kid } = parse(header);
    const jwk = jwks.keys.find((key) => key.kid === kid);
    if (alg !== 'ES256' || typ !== 'at+jwt' || !jwk) throw new Error('no such key');
    const key = await webcrypto.subtle.importKey('jwk', jwk, ES256, false, ['verify']);
    const isGenuine = await webcrypto.subtle.verify(
      ES256,
      key,
      Buffer.from(signature, 'base64url'),
      Buffer.from(`${header}.${payload}`),
    );
    const claims = parse(payload);
    const isForUs = claims.iss === config.issuer && [claims.aud].flat().includes(config.resource);
    if (!isGenuine || !isForUs || !(Number(claims.exp) > Date.now() / 1000)) {
      throw new Error('not valid here');
    }
    return {
      token,
      clientId: String(claims.client_id),
      scopes: String(claims.scope ?? '').split(' '),
      expiresAt: Number(claims.exp),
      extra: { issuer: claims.iss, subject: String(claims.sub) },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};

const parse = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
