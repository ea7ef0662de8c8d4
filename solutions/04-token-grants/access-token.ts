import type { DescribeAccessToken } from '../../exercises/weather-server/controls.ts';

/** A token cannot be called back, so its life is the longest a leaked one can do harm. */
const LIFETIME_SECONDS = 5 * 60;

/**
 * The claims of an access token (RFC 9068 §2.2): who issued it, for whom, to which client, what it
 * may do, and the one resource it is for (RFC 8707 §2). The server adds `iat`, `exp` and `jti`.
 */
export const describeAccessToken: DescribeAccessToken = (grant, config) => ({
  claims: {
    iss: config.issuer,
    sub: grant.subject,
    aud: grant.resource,
    client_id: grant.clientId,
    scope: grant.scopes.join(' '),
  },
  lifetimeSeconds: LIFETIME_SECONDS,
});
