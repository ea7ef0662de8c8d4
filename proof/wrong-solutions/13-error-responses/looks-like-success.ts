import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'The error is told in a result that does not say `isError`, so that a model takes it for the weather.';
export const caughtBy = [
  'answers-whatever-was-thrown',
  'err-false-name',
  'err-leak',
  'names-the-bad-argument',
  'request-id-finds-the-entry',
  'says-not-found',
  'says-what-scope-lacks',
  'says-when-to-try-again',
];

export const buildToolError: BuildToolError = (error, requestId) => ({
  content: rightly(error, requestId).content,
});
