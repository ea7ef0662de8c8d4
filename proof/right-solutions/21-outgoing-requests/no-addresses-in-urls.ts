import { isIP } from 'node:net';
import type { ParseFeedUrl } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Feeds have names: addresses, names of one word and names of one’s own machine are refused by their text already.';

export const parseFeedUrl: ParseFeedUrl = (text) => {
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    // Said below.
  }
  const host = url?.hostname.replace(/\.$/, '') ?? '';
  const isNamed =
    host.includes('.') && !isIP(host) && !host.startsWith('[') && !host.endsWith('.localhost');
  if (
    !url ||
    !isNamed ||
    url.origin !== `https://${url.hostname}` ||
    url.username ||
    url.password
  ) {
    throw new InvalidInputError('Name a feed by an https URL with a host of its own.');
  }
  return url;
};
