import type { BuildUpstreamUrl } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'JSON was decoded already; decoding once more makes a slash of `%2f` behind every check.';
export const caughtBy = ['ssrf'];

export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) =>
  `${baseUrl}${endpoint}/${encodeURIComponent(decodeURIComponent(city))}`;
