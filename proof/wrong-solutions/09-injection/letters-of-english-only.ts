import type { BuildUpstreamUrl } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const mistake = 'Nothing but ASCII letters leads astray, and most cities have others.';
export const caughtBy = ['weather-for-every-name'];

export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) => {
  if (!/^[A-Za-z][A-Za-z .'-]*$/.test(city)) throw new InvalidInputError('No such city.');
  return `${baseUrl}${endpoint}/${city}`;
};
