import type { FetchFeed } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError, UnavailableError } from '../../../exercises/weather-server/errors.ts';
import { fetchFeed as rightly } from '../../../solutions/21-outgoing-requests/fetch-feed.ts';

export const idea =
  'Whatever could not be had from a public host may be there later, and the answer says so.';

export const fetchFeed: FetchFeed = async (text, means) => {
  const state = { wasRefused: false };
  /** Notes that this server has refused, and not the other one. */
  const noting = async <T>(decide: () => T | Promise<T>): Promise<T> => {
    try {
      return await decide();
    } catch (error) {
      state.wasRefused = true;
      throw error;
    }
  };
  const parseFeedUrl: typeof means.parseFeedUrl = (url) => {
    try {
      return means.parseFeedUrl(url);
    } catch (error) {
      state.wasRefused = true;
      throw error;
    }
  };
  try {
    return await rightly(text, {
      web: means.web,
      parseFeedUrl,
      chooseAddress: (host, web) => noting(() => means.chooseAddress(host, web)),
    });
  } catch {
    if (state.wasRefused) throw new InvalidInputError('This address cannot be asked.');
    throw new UnavailableError('The feed cannot be had now.');
  }
};
