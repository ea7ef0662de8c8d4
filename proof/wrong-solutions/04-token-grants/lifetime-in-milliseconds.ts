import type { DescribeAccessToken } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Five minutes are written in milliseconds where seconds are asked for: the token lives for three and a half days.';
export const caughtBy = ['token-outlives-its-day'];

const FIVE_MINUTES = 5 * 60 * 1000;

export const describeAccessToken: DescribeAccessToken = (grant, config) => ({
  claims: {
    iss: config.issuer,
    sub: grant.subject,
    aud: grant.resource,
    client_id: grant.clientId,
    scope: grant.scopes.join(' '),
  },
  lifetimeSeconds: FIVE_MINUTES,
});
