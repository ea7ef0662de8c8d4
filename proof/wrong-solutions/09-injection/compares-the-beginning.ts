import type { BuildUpstreamUrl } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The URL begins as it should, and a city can still bring parameters and further segments.';
export const caughtBy = ['ssrf'];

export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) => {
  const { href } = new URL(city, `${baseUrl}${endpoint}/`);
  if (!href.startsWith(`${baseUrl}${endpoint}/`)) throw new InvalidInputError('No such city.');
  return href;
};
