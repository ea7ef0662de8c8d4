import type { BuildUpstreamUrl } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'What is encoded twice is decoded once: nobody knows the weather in S%C3%A3o%20Paulo.';
export const caughtBy = ['ssrf', 'weather-for-every-name'];

export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) =>
  new URL(`${endpoint}/${encodeURIComponent(encodeURIComponent(city))}`, baseUrl).href;
