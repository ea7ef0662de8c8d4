import type { BuildToolError, ErrorBody } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake =
  'Spreads the error into the answer for completeness; drivers’ errors carry queries and parameters.';
export const caughtBy = ['answers-whatever-was-thrown', 'err-false-name', 'err-leak'];

export const buildToolError: BuildToolError = (error, requestId) => {
  const result = rightly(error, requestId);
  const [first] = result.content;
  if (first?.type !== 'text') return result;
  const body = JSON.parse(first.text) as ErrorBody;
  const text = JSON.stringify({ error: { ...Object(error), ...body.error } });
  return { ...result, content: [{ type: 'text', text }] };
};
