import { createHash, timingSafeEqual } from 'node:crypto';
import type {
  ValidateAuthorizationRequest,
  VerifyCodeChallenge,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'S256 is all there is, so a request without a method means it; a plain challenge sent that way fits no verifier. Digests are compared as bytes.';

/** 32 bytes in base64url; undefined for anything else. */
function readChallenge(challenge: string | null | undefined): Buffer | undefined {
  const bytes = Buffer.from(challenge ?? '', 'base64url');
  return bytes.length === 32 && bytes.toString('base64url') === challenge ? bytes : undefined;
}

export const validateAuthorizationRequest: ValidateAuthorizationRequest = (
  parameters,
  redirectUri,
  { scopesSupported, resource },
) => {
  const {
    response_type,
    code_challenge: codeChallenge,
    code_challenge_method: codeChallengeMethod = 'S256',
    ...asked
  } = Object.fromEntries(parameters) as Record<string, string | undefined>;
  if (response_type !== 'code') {
    throw new OAuthError('unsupported_response_type', 'The only response_type is code.');
  }
  if (!readChallenge(codeChallenge) || codeChallengeMethod !== 'S256') {
    throw new OAuthError('invalid_request', 'A code_challenge with the method S256 is needed.');
  }
  if (asked.resource && asked.resource !== resource) {
    throw new OAuthError('invalid_target', 'Tokens are for this server only.');
  }
  const scopes = new Set(asked.scope?.match(/[^ ]+/g) ?? [scopesSupported[0]!]);
  if ([...scopes].some((scope) => !scopesSupported.includes(scope))) {
    throw new OAuthError('invalid_scope', `The scopes are ${scopesSupported.join(' ')}.`);
  }
  const { state } = asked;
  return { redirectUri, scopes: [...scopes], state, codeChallenge, codeChallengeMethod, resource };
};

export const verifyCodeChallenge: VerifyCodeChallenge = (verifier, challenge, method) => {
  const expected = readChallenge(challenge);
  if (!expected || method !== 'S256' || !/^[\w.~-]{43,128}$/.test(verifier ?? '')) return false;
  return timingSafeEqual(createHash('sha256').update(verifier!).digest(), expected);
};
