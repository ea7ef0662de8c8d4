import type { BuildUpstreamUrl } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Cities with a sign that means something in a URL are refused; the rest is left to URL.';

export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) => {
  if (!/^[\p{L}\p{M}][\p{L}\p{M} .'’-]*$/u.test(city)) {
    throw new InvalidInputError('There is no such city.');
  }
  return new URL(`${baseUrl}${endpoint}/${city}`).href;
};
