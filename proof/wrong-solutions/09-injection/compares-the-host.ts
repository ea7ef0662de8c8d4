import type { BuildUpstreamUrl } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The request stays at the right host, and goes to any path there, with our key.';
export const caughtBy = ['ssrf'];

export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) => {
  const url = new URL(city, `${baseUrl}${endpoint}/`);
  if (url.origin !== new URL(baseUrl).origin) throw new InvalidInputError('No such city.');
  return url.href;
};
