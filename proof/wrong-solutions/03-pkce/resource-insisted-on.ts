import type { ValidateAuthorizationRequest } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { validateAuthorizationRequest as validate } from '../../../solutions/03-pkce/authorization-request.ts';

export const mistake =
  'A request without resource is refused, though this server has only one, and clients that know nothing of RFC 8707 leave it out.';
export const caughtBy = ['optional-parameters'];

export const validateAuthorizationRequest: ValidateAuthorizationRequest = (
  parameters,
  redirectUri,
  config,
) => {
  if (!parameters.has('resource')) {
    throw new OAuthError('invalid_target', 'Say which resource the token is for.');
  }
  return validate(parameters, redirectUri, config);
};
