import type { BuildBearerChallenge } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Every refusal gets the same challenge: a client with an expired token is not told that a new one would do.';
export const caughtBy = ['discovery-broken'];

export const buildBearerChallenge: BuildBearerChallenge = (_reason, { resource }) =>
  `Bearer resource_metadata="${new URL('/.well-known/oauth-protected-resource/mcp', resource).href}"`;
