import type { BuildBearerChallenge } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The scheme in small letters, an error code without quotes, escaped quotes, and blanks wherever the grammar has room for them.';

export const buildBearerChallenge: BuildBearerChallenge = ({ error = 'invalid_token' }, config) => {
  const metadata = new URL('/.well-known/oauth-protected-resource/mcp', config.resource).href;
  return `bearer  realm = "the \\"weather\\", today" ,error=${error},, Resource_Metadata="${metadata}"`;
};
