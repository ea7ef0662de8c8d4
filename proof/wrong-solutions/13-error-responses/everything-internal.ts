import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'Nothing leaks and nothing is told: a model cannot mend an argument it is not told about.';
export const caughtBy = [
  'names-the-bad-argument',
  'says-not-found',
  'says-what-scope-lacks',
  'says-when-to-try-again',
];

export const buildToolError: BuildToolError = (_error, requestId) =>
  rightly(new Error('hidden'), requestId);
