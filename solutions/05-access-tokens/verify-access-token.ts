import { createHash } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { ServerConfig, VerifyAccessToken } from '../../exercises/weather-server/controls.ts';
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

type Claims = z.output<typeof claimsSchema>;

/** Of one key set. The oldest goes first, so that nobody fills the memory with tokens. */
const MOST_REMEMBERED = 1000;

/**
 * Decides whether `token` is a JWT access token for this server (RFC 9068 §4).
 *
 * Checks: the signature, by a key of the authorization server's own set and with the one algorithm
 * it uses (RFC 8725 §3.1); `iss`; that we are among `aud` (MCP, Token Handling); `exp`, which must be
 * there, and `nbf`, both without leeway; `typ`, so that an ID token does not pass for an access token.
 * Does not check: scopes, which depend on the tool (topic 06), and whether the token was revoked.
 *
 * To verify a signature costs more than any other control, so a token that was verified is
 * remembered: until it expires, as long as the key set is the published one, and spelled as it was.
 * Another spelling of the same token is verified by itself. What is kept is a digest, no token.
 *
 * Rejects with `InvalidTokenError`, whatever is wrong: the client gets the same answer for all of it.
 * The tempting shortcuts are `decodeJwt`, which verifies nothing, and taking key or algorithm from
 * the token's own header (`jwk`, `jku`, `alg`), which lets the forger choose them.
 */
export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const { keySet, remembered } = knownFor(jwks);
    const { issuer, resource } = config;
    const digest = createHash('sha256').update(`${issuer} ${resource} ${token}`).digest('base64');
    const known = remembered.get(digest);
    const claims = known ?? (await verify(token, keySet, config));
    if (claims.exp <= Date.now() / 1000) {
      remembered.delete(digest);
      throw new Error('expired');
    }
    if (!known) remember(remembered, digest, claims);
    return toAuthInfo(token, claims, config);
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};

async function verify(
  token: string,
  keySet: JWTVerifyGetKey,
  config: ServerConfig,
): Promise<Claims> {
  const { payload } = await jwtVerify(token, keySet, {
    algorithms: ['ES256'],
    issuer: config.issuer,
    audience: config.resource,
    typ: 'at+jwt',
    requiredClaims: ['exp', 'iat', 'sub', 'client_id', 'jti'],
  });
  return claimsSchema.parse(payload);
}

/** Made anew for each request: nobody's request holds what another's will be told. */
const toAuthInfo = (token: string, claims: Claims, config: ServerConfig): AuthInfo => ({
  token,
  clientId: claims.client_id,
  scopes: claims.scope?.split(' ').filter(Boolean) ?? [],
  expiresAt: claims.exp,
  resource: new URL(config.resource),
  extra: { issuer: claims.iss, subject: claims.sub },
});

function remember(remembered: Map<string, Claims>, digest: string, claims: Claims): void {
  const [oldest] = remembered.keys();
  if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  remembered.set(digest, claims);
}

interface KnownKeySet {
  /** Importing a key costs more than using it. */
  keySet: JWTVerifyGetKey;
  /** Claims of verified tokens, by digest. */
  remembered: Map<string, Claims>;
}

/** Lives as long as the document does: when a key is replaced or withdrawn, nothing is remembered. */
const keySets = new WeakMap<JSONWebKeySet, KnownKeySet>();

function knownFor(jwks: JSONWebKeySet): KnownKeySet {
  const known = keySets.get(jwks);
  if (known) return known;
  const made: KnownKeySet = { keySet: createLocalJWKSet(jwks), remembered: new Map() };
  keySets.set(jwks, made);
  return made;
}
