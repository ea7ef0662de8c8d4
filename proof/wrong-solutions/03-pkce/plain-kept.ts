import { createHash } from 'node:crypto';
import type {
  ValidateAuthorizationRequest,
  VerifyCodeChallenge,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'RFC 7636 knows the method plain, so it is supported as well: then the challenge, which everybody saw, is the verifier.';
export const caughtBy = ['pkce-plain-downgrade'];

export const validateAuthorizationRequest: ValidateAuthorizationRequest = (
  parameters,
  redirectUri,
  { scopesSupported, resource },
) => {
  if (parameters.get('response_type') !== 'code') {
    throw new OAuthError('unsupported_response_type', 'Use response_type=code.');
  }
  const codeChallenge = parameters.get('code_challenge') ?? '';
  if (!/^[\w-]{43}$/.test(codeChallenge)) {
    throw new OAuthError('invalid_request', 'code_challenge is missing.');
  }
  const codeChallengeMethod = parameters.get('code_challenge_method') ?? 'plain';
  if (!['S256', 'plain'].includes(codeChallengeMethod)) {
    throw new OAuthError('invalid_request', 'Use code_challenge_method=S256 or plain.');
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

export const verifyCodeChallenge: VerifyCodeChallenge = (verifier, challenge, method) => {
  if (!verifier || !challenge || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
  if (method === 'plain') return verifier === challenge;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
};
