import { createHash, timingSafeEqual } from 'node:crypto';
import type {
  ValidateAuthorizationRequest,
  VerifyCodeChallenge,
} from '../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../exercises/weather-server/errors.ts';

/** SHA-256 in base64url without padding is always 43 characters long (RFC 7636 §4.2). */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
/** 43 to 128 unreserved characters (RFC 7636 §4.1). */
const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

/**
 * Validates an authorization request whose client and redirect URI are known to be right (OAuth 2.1
 * §4.1.1): the code flow, with an S256 challenge, for this resource.
 *
 * An absent method means `plain` (RFC 7636 §4.3) and is refused with it: whoever reads a plain
 * challenge holds the verifier. Does not check `state`, which is the client's own.
 *
 * Of the scopes that were asked for, the known ones are granted (RFC 6749 §3.3); the answer with the
 * token says which. Some clients add `offline_access` or `openid` by themselves, and to refuse them
 * would keep their users out for a word that gives nothing. If none is known, the request is refused.
 * Without `scope` the least one is granted.
 */
export const validateAuthorizationRequest: ValidateAuthorizationRequest = (
  parameters,
  redirectUri,
  config,
) => {
  const get = (name: string): string | undefined => parameters.get(name) || undefined;
  const responseType = get('response_type');
  if (responseType === undefined) {
    throw new OAuthError('invalid_request', 'response_type is missing.');
  }
  if (responseType !== 'code') {
    throw new OAuthError('unsupported_response_type', 'Use response_type=code.');
  }
  if (!['query', undefined].includes(get('response_mode'))) {
    throw new OAuthError('invalid_request', 'Use response_mode=query.');
  }
  for (const name of ['request', 'request_uri']) {
    if (get(name) !== undefined) {
      throw new OAuthError(`${name}_not_supported`, 'Request objects are not supported.');
    }
  }
  const codeChallenge = get('code_challenge');
  const codeChallengeMethod = get('code_challenge_method');
  if (!codeChallenge || !CHALLENGE.test(codeChallenge) || codeChallengeMethod !== 'S256') {
    throw new OAuthError('invalid_request', 'PKCE with code_challenge_method=S256 is required.');
  }
  const resource = get('resource');
  if (resource !== undefined && resource !== config.resource) {
    throw new OAuthError('invalid_target', 'There is no such resource here.');
  }
  const asked = new Set(get('scope')?.split(' ').filter(Boolean));
  const known = [...asked].filter((scope) => config.scopesSupported.includes(scope));
  if (asked.size > 0 && known.length === 0) {
    throw new OAuthError(
      'invalid_scope',
      `The scopes here are ${config.scopesSupported.join(' ')}.`,
    );
  }
  return {
    redirectUri,
    scopes: known.length > 0 ? known : config.scopesSupported.slice(0, 1),
    state: parameters.get('state') ?? undefined,
    codeChallenge,
    codeChallengeMethod,
    resource: config.resource,
  };
};

/**
 * Whether `verifier` is what the S256 `challenge` was made from (RFC 7636 §4.6). A missing
 * verifier, a missing challenge and any other method prove nothing. The comparison takes the same
 * time wherever the two differ.
 */
export const verifyCodeChallenge: VerifyCodeChallenge = (verifier, challenge, method) => {
  if (!verifier || !challenge || method !== 'S256' || !VERIFIER.test(verifier)) return false;
  const expected = Buffer.from(challenge);
  const actual = Buffer.from(createHash('sha256').update(verifier).digest('base64url'));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
};
