import type { DescribeAccessToken } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The client is named by azp, as in an ID token; a resource server that knows the profile of access tokens looks for client_id and refuses every token.';
export const caughtBy = [
  'code-replay',
  'code-other-client',
  'grant-confusion',
  'resource-indicator',
  'refresh-reuse',
  'refresh-grace',
  'refresh-scope-up',
  'token-outlives-its-day',
  'client-stays-signed-in',
  'time-enough',
  'token-profile',
];

export const describeAccessToken: DescribeAccessToken = (grant, config) => ({
  claims: {
    iss: config.issuer,
    sub: grant.subject,
    aud: grant.resource,
    azp: grant.clientId,
    scope: grant.scopes.join(' '),
  },
  lifetimeSeconds: 5 * 60,
});
