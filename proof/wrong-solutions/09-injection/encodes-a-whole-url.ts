import type { BuildUpstreamUrl } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'encodeURI is for whole URLs: it leaves slashes, question marks and hashes as they are.';
export const caughtBy = ['ssrf'];

export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) =>
  `${baseUrl}${endpoint}/${encodeURI(city)}`;
