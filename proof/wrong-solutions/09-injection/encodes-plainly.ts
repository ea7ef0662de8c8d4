import type { BuildUpstreamUrl } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'encodeURIComponent leaves dots alone, and a city called `..` is a step up to another path.';
export const caughtBy = ['ssrf'];

export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) =>
  `${baseUrl}${endpoint}/${encodeURIComponent(city)}`;
