import type { BuildBearerChallenge } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The header begins with its parameters and names no scheme: it is not a Bearer challenge.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const buildBearerChallenge: BuildBearerChallenge = (
  { error = 'invalid_token' },
  { resource },
) => {
  const metadata = new URL('/.well-known/oauth-protected-resource/mcp', resource).href;
  return `error="${error}", resource_metadata="${metadata}"`;
};
