import type { BuildBearerChallenge } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The documents are built from configuration, but the address of the first one is built from the Host header.';
export const caughtBy = ['metadata-host-poisoning'];

export const buildBearerChallenge: BuildBearerChallenge = ({ error }, _config, request) => {
  const metadata = `http://${request.get('host')}/.well-known/oauth-protected-resource/mcp`;
  return `Bearer resource_metadata="${metadata}"${error ? `, error="${error}"` : ''}`;
};
