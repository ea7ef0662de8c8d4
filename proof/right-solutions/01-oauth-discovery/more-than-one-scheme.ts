import type { BuildBearerChallenge } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Bearer is one of several schemes on offer: others are named in front of it and behind it.';

export const buildBearerChallenge: BuildBearerChallenge = ({ error }, config) => {
  const metadata = new URL('/.well-known/oauth-protected-resource/mcp', config.resource).href;
  const bearer = `Bearer resource_metadata="${metadata}"${error ? `, error="${error}"` : ''}`;
  return `DPoP algs="ES256", ${bearer}, Basic realm="not Bearer, but for people"`;
};
