import type { ParseFeedUrl } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'The URL is parsed, and what the parser wrote has to fit a pattern as a whole.';

const PLAIN = /^https:\/\/(?:[a-z\d._-]+|\[[\da-f:]+\])\//;

export const parseFeedUrl: ParseFeedUrl = (text) => {
  try {
    const url = new URL(text);
    if (PLAIN.test(url.href)) return url;
  } catch {
    // No URL at all.
  }
  throw new InvalidInputError('Give an https URL, as plain as can be.');
};
