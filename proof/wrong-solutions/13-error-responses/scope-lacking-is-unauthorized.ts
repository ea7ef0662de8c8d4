import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../../exercises/weather-server/errors.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'A missing scope is called UNAUTHORIZED, like a bad token: the user is asked to sign in again, and not for the scope.';
export const caughtBy = ['says-what-scope-lacks'];

export const buildToolError: BuildToolError = (error, requestId) => {
  if (!(error instanceof InsufficientScopeError)) return rightly(error, requestId);
  const message = 'Sign in to do this.';
  const body = { code: 'UNAUTHORIZED', message, retryable: false, request_id: requestId };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error: body }) }] };
};
