import type { KeyOfAnswer } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The key of an answer is the tenant and the whole question as JSON, whatever arguments there will be.';

export const keyOfAnswer: KeyOfAnswer = (tenant, question) => JSON.stringify({ tenant, question });
