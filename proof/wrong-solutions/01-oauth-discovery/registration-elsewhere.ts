import type { DescribeAuthorizationServer } from '../../../exercises/weather-server/controls.ts';
import { describeAuthorizationServer as rightly } from '../../../solutions/01-oauth-discovery/metadata.ts';

export const mistake =
  'The registration endpoint was copied from another server’s document; here it has another path, and a new client finds nobody there.';
export const caughtBy = ['client-finds-its-way'];

export const describeAuthorizationServer: DescribeAuthorizationServer = (config, request) => ({
  ...rightly(config, request),
  registration_endpoint: new URL('/oauth/register', config.issuer).href,
});
