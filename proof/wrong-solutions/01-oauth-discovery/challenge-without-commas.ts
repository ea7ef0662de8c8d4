import type { BuildBearerChallenge } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The parameters are separated by blanks instead of commas: a client that reads by the grammar stops after the first.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const buildBearerChallenge: BuildBearerChallenge = (
  { error = 'invalid_token' },
  { resource },
) => {
  const metadata = new URL('/.well-known/oauth-protected-resource/mcp', resource).href;
  return `Bearer error="${error}" resource_metadata="${metadata}"`;
};
