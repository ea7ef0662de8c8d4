import type { BuildAuthorizationResponse } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The issuer is written as a URL would be, with a slash at its end, and no longer equals the one in the metadata.';
export const caughtBy = ['state-iss'];

export const buildAuthorizationResponse: BuildAuthorizationResponse = (outcome, state, config) => {
  const answer: Record<string, string> = { ...outcome, iss: new URL(config.issuer).href };
  if (state !== undefined) answer.state = state;
  return answer;
};
