import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError, NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake = 'People can read the answer; programs have to guess from its words.';
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

export const buildToolError: BuildToolError = (error, requestId) => {
  const isOurs = error instanceof InvalidInputError || error instanceof NotFoundError;
  const text = isOurs ? error.message : `Something went wrong (request ${requestId}).`;
  return { isError: true, content: [{ type: 'text', text }] };
};
