import type { DescribeProtectedResource } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The host name is compared with a list and then the whole header is used: with another port it leads to another program.';
export const caughtBy = ['metadata-host-poisoning'];

export const describeProtectedResource: DescribeProtectedResource = (config, request) => {
  const isKnown = config.allowedHosts.includes(request.hostname);
  const base = isKnown ? `http://${request.get('host')}` : config.issuer;
  return {
    resource: `${base}/mcp`,
    authorization_servers: [base],
    scopes_supported: config.scopesSupported,
    bearer_methods_supported: ['header'],
  };
};
