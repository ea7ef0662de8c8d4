import type { DescribeAccessToken } from '../../../exercises/weather-server/controls.ts';

export const mistake = "The jti is the client's id, so all its tokens have the same one.";
export const caughtBy = ['token-profile'];

export const describeAccessToken: DescribeAccessToken = (grant, config) => ({
  claims: {
    iss: config.issuer,
    sub: grant.subject,
    aud: grant.resource,
    client_id: grant.clientId,
    scope: grant.scopes.join(' '),
    jti: grant.clientId,
  },
  lifetimeSeconds: 300,
});
