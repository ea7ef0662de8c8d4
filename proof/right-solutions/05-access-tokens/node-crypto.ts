import { createPublicKey, verify } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'node:crypto verifies the signature with the one key and the one algorithm there are; jose only decodes.';

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const { alg, typ, kid, crit } = decodeProtectedHeader(token);
    const jwk = jwks.keys.find((key) => key.kid === kid);
    if (typ?.toLowerCase() !== 'at+jwt') throw new Error('no access token');
    if (!jwk || alg !== 'ES256' || crit !== undefined) throw new Error('unknown key or algorithm');
    const { kty = '', crv = '', x = '', y = '' } = jwk;
    const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
    const end = token.lastIndexOf('.');
    const signature = Buffer.from(token.slice(end + 1), 'base64url');
    const signed = Buffer.from(token.slice(0, end));
    if (!verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)) {
      throw new Error('wrong signature');
    }
    const { iss, aud = [], exp = 0, nbf = 0, sub, client_id, scope } = decodeJwt(token);
    const now = Math.floor(Date.now() / 1000);
    const isForUs = iss === config.issuer && [aud].flat().includes(config.resource);
    if (!isForUs || exp <= now || nbf > now || !sub) throw new Error('a claim is wrong');
    return {
      token,
      clientId: String(client_id),
      scopes: String(scope).split(' '),
      expiresAt: exp,
      extra: { issuer: iss, subject: sub },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
