import type { BuildBearerChallenge } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The challenge leads to the metadata at the root path, and a realm comes first.';

export const buildBearerChallenge: BuildBearerChallenge = ({ error, scopes }, config) => {
  const metadata = new URL('/.well-known/oauth-protected-resource', config.resource).href;
  return [
    'Bearer realm="weather"',
    ...(error ? [`error="${error}"`] : []),
    ...(scopes ? [`scope="${scopes.join(' ')}"`] : []),
    `resource_metadata="${metadata}"`,
  ].join(', ');
};
