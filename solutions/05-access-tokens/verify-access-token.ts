import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { VerifyAccessToken } from '../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../exercises/weather-server/errors.ts';

/** The claims this server relies on, beyond those that `jwtVerify` compares (RFC 9068 §2.2). */
const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string().min(1),
  client_id: z.string().min(1),
  exp: z.number(),
  /** Space-delimited and case-sensitive (RFC 6749 §3.3). */
  scope: z.string().optional(),
});

/**
 * Decides whether `token` is a JWT access token for this server (RFC 9068 §4).
 *
 * Checks: the signature, by a key of the authorization server's own set and with the one algorithm
 * it uses (RFC 8725 §3.1); `iss`; that we are among `aud` (MCP, Token Handling); `exp`, which must be
 * there, and `nbf`, both without leeway; `typ`, so that an ID token does not pass for an access token.
 * Does not check: scopes, which depend on the tool (topic 06), and whether the token was revoked.
 *
 * Rejects with `InvalidTokenError`, whatever is wrong: the client gets the same answer for all of it.
 * The tempting shortcuts are `decodeJwt`, which verifies nothing, and taking key or algorithm from
 * the token's own header (`jwk`, `jku`, `alg`), which lets the forger choose them.
 */
export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const { payload } = await jwtVerify(token, keySetOf(jwks), {
      algorithms: ['ES256'],
      issuer: config.issuer,
      audience: config.resource,
      typ: 'at+jwt',
      requiredClaims: ['exp', 'iat', 'sub', 'client_id', 'jti'],
    });
    const claims = claimsSchema.parse(payload);
    return {
      token,
      clientId: claims.client_id,
      scopes: claims.scope?.split(' ').filter(Boolean) ?? [],
      expiresAt: claims.exp,
      resource: new URL(config.resource),
      extra: { issuer: claims.iss, subject: claims.sub },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};

/** Importing a key costs more than using it; one imported set serves as long as the document does. */
const keySets = new WeakMap<JSONWebKeySet, JWTVerifyGetKey>();

function keySetOf(jwks: JSONWebKeySet): JWTVerifyGetKey {
  const known = keySets.get(jwks);
  if (known) return known;
  const keySet = createLocalJWKSet(jwks);
  keySets.set(jwks, keySet);
  return keySet;
}
