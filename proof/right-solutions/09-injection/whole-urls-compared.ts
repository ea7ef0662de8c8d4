import type { BuildUpstreamUrl } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The encoded city is resolved as a URL, and the result compared with what it has to be.';

export const buildUpstreamUrl: BuildUpstreamUrl = (endpoint, city, baseUrl) => {
  const folder = new URL(`${endpoint}/`, baseUrl);
  const url = new URL(folder);
  url.pathname += encodeURIComponent(city.normalize('NFC').trim());
  const isOneSegment =
    url.pathname.slice(folder.pathname.length).length > 0 &&
    url.pathname.startsWith(folder.pathname) &&
    !url.pathname.slice(folder.pathname.length).includes('/');
  if (!isOneSegment) throw new InvalidInputError('There is no such city.');
  return url.href;
};
