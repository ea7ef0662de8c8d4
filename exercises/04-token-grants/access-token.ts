import type { DescribeAccessToken } from '../weather-server/controls.ts';

// Today a token that leaks in the morning still works at night.

// TODO 04: Keep the claims of RFC 9068 §2.2, and let a token live ten minutes at most.
export const describeAccessToken: DescribeAccessToken = (grant, config) => ({
  claims: {
    iss: config.issuer,
    sub: grant.subject,
    aud: grant.resource,
    client_id: grant.clientId,
    scope: grant.scopes.join(' '),
  },
  lifetimeSeconds: 24 * 60 * 60,
});
