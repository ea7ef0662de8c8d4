import type {
  ValidateAuthorizationRequest,
  VerifyCodeChallenge,
} from '../weather-server/controls.ts';
import { OAuthError } from '../weather-server/errors.ts';

// Today a request without a challenge is as welcome as one with a plain challenge, and nobody looks
// at the verifier: whoever reads the code on its way can redeem it.

// TODO 03: Require `code_challenge`, 43 base64url characters, with `code_challenge_method=S256`
// (OAuth 2.1 §4.1.1), refuse a `resource` that is not ours, and refuse or leave out scopes that
// `config` does not know. Either parameter may be absent; without a scope grant the least one. Throw
// `OAuthError` with invalid_request, unsupported_response_type, invalid_scope or invalid_target.
export const validateAuthorizationRequest: ValidateAuthorizationRequest = (
  parameters,
  redirectUri,
) => {
  if (parameters.get('response_type') !== 'code') {
    throw new OAuthError('unsupported_response_type', 'Use response_type=code.');
  }
  return {
    redirectUri,
    scopes: (parameters.get('scope') ?? '').split(' ').filter(Boolean),
    state: parameters.get('state') ?? undefined,
    codeChallenge: parameters.get('code_challenge') ?? undefined,
    codeChallengeMethod: parameters.get('code_challenge_method') ?? undefined,
    resource: parameters.get('resource') ?? undefined,
  };
};

// TODO 03: True only for a verifier of 43 to 128 unreserved characters (RFC 7636 §4.1) whose
// SHA-256, in base64url, is the challenge (§4.6), and only for S256. Compare in constant time. A
// missing verifier or challenge proves nothing.
export const verifyCodeChallenge: VerifyCodeChallenge = () => true;
