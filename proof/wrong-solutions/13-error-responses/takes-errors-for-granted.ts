import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'Reads the message without asking whether there is an error; null has none, so that the answer is a TypeError’s.';
export const caughtBy = ['answers-whatever-was-thrown'];

export const buildToolError: BuildToolError = (error, requestId) => {
  const { message } = error as Partial<Error>;
  const result = rightly(error, requestId);
  return message?.includes('timeout') ? rightly(new Error('timeout'), requestId) : result;
};
