import type { ValidateAuthorizationRequest } from '../../../exercises/weather-server/controls.ts';
import { validateAuthorizationRequest as rightly } from '../../../solutions/03-pkce/authorization-request.ts';

export const mistake =
  'There is only one resource, so nobody looks at the one that was asked for: the user agrees to something else than the client wanted, and the client is not told.';
export const caughtBy = ['says-what-is-wrong'];

export const validateAuthorizationRequest: ValidateAuthorizationRequest = (
  parameters,
  redirectUri,
  config,
) => {
  const others = new URLSearchParams(parameters);
  others.delete('resource');
  return rightly(others, redirectUri, config);
};
