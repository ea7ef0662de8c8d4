import type { BuildToolError } from '../../../exercises/weather-server/controls.ts';
import { buildToolError as rightly } from '../../../solutions/13-error-responses/error-responses.ts';

export const mistake = 'The message travels in base64, for support to decode; everybody can.';
export const caughtBy = ['err-false-name', 'err-leak'];

export const buildToolError: BuildToolError = (error, requestId) => {
  const details = Buffer.from(error instanceof Error ? error.message : String(error));
  return { ...rightly(error, requestId), _meta: { reference: details.toString('base64url') } };
};
