import type { BuildBearerChallenge } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'resource_metadata is a path; the parameter has to be a URL.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const buildBearerChallenge: BuildBearerChallenge = ({ error }) =>
  `Bearer resource_metadata="/.well-known/oauth-protected-resource/mcp"${error ? `, error="${error}"` : ''}`;
