import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake = 'The message is replaced, and the cause is added for debugging.';
export const caughtBy = ['err-leak'];

export const buildToolError: BuildToolError = (error, requestId) => {
  const result = rightly(error, requestId);
  if (!(error instanceof Error) || error.cause === undefined) return result;
  return { ...result, structuredContent: { cause: String(error.cause) } };
};
