import type { BuildBearerChallenge } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The URL stands without quotes, where only a single word may: a client that reads by the grammar stops at the first colon.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const buildBearerChallenge: BuildBearerChallenge = ({ error }, { resource }) => {
  const metadata = new URL('/.well-known/oauth-protected-resource/mcp', resource).href;
  return `Bearer resource_metadata=${metadata}${error ? `, error=${error}` : ''}`;
};
