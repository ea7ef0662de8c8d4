import type { BuildUpstreamUrl } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'encodeURIComponent, but for names of dots only, which are steps.';

export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) => {
  if (/^\.*$/.test(city)) throw new InvalidInputError('There is no such city.');
  return `${baseUrl}${endpoint}/${encodeURIComponent(city)}`;
};
