import type { BuildUpstreamUrl } from '../../../exercises/weather-server/controls.ts';

export const idea = 'encodeURIComponent, and nothing else.';

export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) =>
  `${baseUrl}${endpoint}/${encodeURIComponent(city)}`;
