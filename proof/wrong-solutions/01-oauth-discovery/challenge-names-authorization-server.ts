import type { BuildBearerChallenge } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'resource_metadata leads to the document of the authorization server, which does not say what it is for.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const buildBearerChallenge: BuildBearerChallenge = ({ error }, { issuer }) => {
  const metadata = `${issuer}/.well-known/oauth-authorization-server`;
  return `Bearer resource_metadata="${metadata}"${error ? `, error="${error}"` : ''}`;
};
