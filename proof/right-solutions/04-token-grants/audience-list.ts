import type { DescribeAccessToken } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The audience is a list of one, the token has an id of its own, and it lives the whole ten minutes.';

export const describeAccessToken: DescribeAccessToken = (grant, { issuer }) => ({
  claims: {
    jti: crypto.randomUUID(),
    iss: issuer,
    sub: grant.subject,
    aud: [grant.resource],
    client_id: grant.clientId,
    scope: grant.scopes.join(' '),
    azp: grant.clientId,
  },
  lifetimeSeconds: 600,
});
