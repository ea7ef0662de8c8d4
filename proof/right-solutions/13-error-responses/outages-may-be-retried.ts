import type { BuildToolError, ErrorBody } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const idea =
  'Errors of the network may pass, so the answer says to try again, and in how many seconds.';

const PASSING = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN']);

export const buildToolError: BuildToolError = (error, requestId) => {
  const result = rightly(error, requestId);
  const { code } = Object(error) as { code?: unknown };
  const [first] = result.content;
  if (typeof code !== 'string' || !PASSING.has(code) || first?.type !== 'text') return result;
  const body = JSON.parse(first.text) as ErrorBody;
  const text = JSON.stringify({
    error: { ...body.error, retryable: true, retry_after_seconds: 30 },
  });
  return { ...result, content: [{ type: 'text', text }] };
};
