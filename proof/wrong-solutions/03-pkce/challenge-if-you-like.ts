import { createHash } from 'node:crypto';
import type {
  ValidateAuthorizationRequest,
  VerifyCodeChallenge,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'PKCE is checked when a client uses it and skipped when it does not, so an attacker simply leaves it out.';
export const caughtBy = ['pkce-missing'];

export const validateAuthorizationRequest: ValidateAuthorizationRequest = (
  parameters,
  redirectUri,
  { scopesSupported, resource },
) => {
  if (parameters.get('response_type') !== 'code') {
    throw new OAuthError('unsupported_response_type', 'Use response_type=code.');
  }
  const codeChallenge = parameters.get('code_challenge') || undefined;
  const codeChallengeMethod = parameters.get('code_challenge_method') ?? undefined;
  if (codeChallenge && codeChallengeMethod !== 'S256') {
    throw new OAuthError('invalid_request', 'Use code_challenge_method=S256.');
  }
  if ((parameters.get('resource') ?? resource) !== resource) {
    throw new OAuthError('invalid_target', 'There is no such resource here.');
  }
  const scopes = (parameters.get('scope') ?? 'weather:read').split(' ').filter(Boolean);
  if (!scopes.every((scope) => scopesSupported.includes(scope))) {
    throw new OAuthError('invalid_scope', 'There is no such scope here.');
  }
  const state = parameters.get('state') ?? undefined;
  return { redirectUri, scopes, state, resource, codeChallenge, codeChallengeMethod };
};

export const verifyCodeChallenge: VerifyCodeChallenge = (verifier, challenge) => {
  if (!challenge) return true;
  if (!verifier || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
};
