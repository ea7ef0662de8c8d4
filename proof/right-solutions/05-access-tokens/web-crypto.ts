import { webcrypto } from 'node:crypto';
import { z } from 'zod';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'No library: Web Crypto verifies the signature, and every member that matters is compared by hand.';

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

const headerSchema = z.object({
  alg: z.literal('ES256'),
  typ: z.literal(['at+jwt', 'application/at+jwt']),
  kid: z.string(),
  // No extension is understood here, so none may be critical (RFC 7515 §4.1.11).
  crit: z.never().optional(),
});

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string().min(1),
  aud: z.union([z.string(), z.array(z.string())]),
  client_id: z.string(),
  scope: z.string().default(''),
  exp: z.number(),
  nbf: z.number().optional(),
});

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const [header = '', payload = '', signature = '', ...rest] = token.split('.');
    if (rest.length > 0) throw new Error('not a compact JWS');
    const { kid } = headerSchema.parse(decode(header));
    const jwk = jwks.keys.find((key) => key.kid === kid && key.kty === 'EC');
    if (!jwk) throw new Error('unknown key');
    const key = await webcrypto.subtle.importKey('jwk', jwk, ES256, false, ['verify']);
    const signed = Buffer.from(`${header}.${payload}`);
    const isGenuine = await webcrypto.subtle.verify(
      ES256,
      key,
      Buffer.from(signature, 'base64url'),
      signed,
    );
    if (!isGenuine) throw new Error('wrong signature');

    const claims = claimsSchema.parse(decode(payload));
    const now = Date.now() / 1000;
    if (claims.iss !== config.issuer) throw new Error('wrong issuer');
    if (![claims.aud].flat().includes(config.resource)) throw new Error('wrong audience');
    if (claims.exp <= now || (claims.nbf ?? 0) > now) throw new Error('out of its time');
    return {
      token,
      clientId: claims.client_id,
      scopes: claims.scope.split(' '),
      expiresAt: claims.exp,
      extra: { issuer: claims.iss, subject: claims.sub },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};

const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
