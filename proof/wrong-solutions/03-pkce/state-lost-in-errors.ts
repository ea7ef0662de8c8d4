import type { BuildAuthorizationResponse } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'An error goes back with its code alone; without state the client cannot tell whose answer it is, and drops it.';
export const caughtBy = ['pkce-missing', 'pkce-plain-downgrade', 'state-iss', 'says-what-is-wrong'];

export const buildAuthorizationResponse: BuildAuthorizationResponse = (outcome, state, config) => {
  const { issuer: iss } = config;
  if ('error' in outcome) {
    const { error, error_description: description } = outcome;
    return { error, iss, ...(description === undefined ? {} : { error_description: description }) };
  }
  return state === undefined ? { ...outcome, iss } : { ...outcome, state, iss };
};
