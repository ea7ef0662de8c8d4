/**
 * Tokens of a provider that somebody else runs. Here is what topic 05 has taught: signature, algorithm
 * and time. Where the keys come from, and what the claims say, are controls (topic 19).
 */
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type {
  KeySource,
  SecurityControls,
  ServerConfig,
  VerifiedJwt,
  VerifiedToken,
} from './controls.ts';
import { InvalidTokenError } from './errors.ts';
import type { Web } from './world/web.ts';

/** What providers sign with. Whatever is verified with a shared secret is not among them. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** Whether somebody else gives out all tokens, so that this server has no authorization server. */
export const hasIssuerElsewhere = ({ externalIssuer, issuer }: ServerConfig): boolean =>
  externalIssuer?.issuer === issuer;

/**
 * Whether a token is for the external issuer's keys to verify: whenever it does not say that it is
 * ours. Which keys verify it is all that its own word decides.
 */
export function isOfExternalIssuer(token: string, config: ServerConfig): boolean {
  const { externalIssuer, issuer } = config;
  if (externalIssuer === undefined) return false;
  if (hasIssuerElsewhere(config)) return true;
  try {
    return decodeJwt(token).iss !== issuer;
  } catch {
    return false;
  }
}

export function verifyByExternalIssuer(
  controls: SecurityControls,
  web: Web,
  config: ServerConfig,
): (token: string) => Promise<VerifiedToken> {
  const { externalIssuer: external } = config;
  if (external === undefined) return async () => refuse();
  const means = { external, web, chooseAddress: controls.chooseAddress };
  const fetchDocument = (url: string): Promise<unknown> =>
    controls.fetchProviderDocument(url, means);
  const keySource = controls.createKeySource({
    discover: () => controls.discoverIssuer(external.issuer, fetchDocument),
    fetchDocument,
  });
  return async (token) => {
    const verified = await verify(token, keySource);
    const actor = controls.readProviderClaims(verified, external, config);
    return {
      token,
      clientId: actor.clientId,
      scopes: actor.scopes,
      expiresAt: verified.claims.exp,
      extra: { issuer: actor.issuer, subject: actor.subject },
    };
  };
}

async function verify(token: string, keySource: KeySource): Promise<VerifiedJwt> {
  const jwks = await keySource.keysFor(keyIdOf(token));
  try {
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(jwks), {
      algorithms: ALGORITHMS,
      requiredClaims: ['exp'],
    });
    return { header: protectedHeader, claims: payload };
  } catch (error) {
    return refuse(error);
  }
}

function keyIdOf(token: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(token);
    return typeof kid === 'string' ? kid : undefined;
  } catch (error) {
    return refuse(error);
  }
}

function refuse(cause?: unknown): never {
  throw new InvalidTokenError('The access token is not valid here.', { cause });
}
