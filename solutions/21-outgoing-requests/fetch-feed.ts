import type { FeedMeans, FetchFeed } from '../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../exercises/weather-server/errors.ts';

const MOST_REDIRECTS = 5;
const MOST_BYTES = 64 * 1024;
const WITHIN_MS = 10_000;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/**
 * Fetches a feed from an address that a stranger chose (CWE-918). Each hop is asked about as if the
 * caller had named it, and the connection goes to the address that was chosen for it: `web.fetch` with
 * a name would look it up again. One deadline for all of it, lookups and redirects included; a limit
 * for each hop would be five times as long.
 *
 * Whatever goes wrong after the URL was read is one error. What a host said, whether there is one and
 * where a redirect led, the caller could not find out without this server. How long it took to say so
 * does tell a little, and is not hidden here.
 */
export const fetchFeed: FetchFeed = async (text, means) => {
  let next = means.parseFeedUrl(text);
  const signal = AbortSignal.timeout(WITHIN_MS);
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const response = await ask(next, means, signal);
      const location = response.headers.get('location');
      if (REDIRECTS.has(response.status) && location !== null) {
        await response.body?.cancel();
        next = means.parseFeedUrl(new URL(location, next).href);
        continue;
      }
      const isFeed =
        response.status === 200 && JSON_TYPE.test(response.headers.get('content-type') ?? '');
      if (isFeed) return await readBounded(response);
      await response.body?.cancel();
      break;
    }
  } catch {
    // Nothing of it is for the caller.
  }
  throw new InvalidInputError('There is no feed that can be had at this address.');
};

async function ask(
  url: URL,
  { web, chooseAddress }: FeedMeans,
  signal: AbortSignal,
): Promise<Response> {
  const address = await Promise.race([chooseAddress(url.hostname, web), rejectWhenAborted(signal)]);
  return web.fetch(url.href, { address, redirect: 'manual', signal });
}

const rejectWhenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

/** Counts what comes, for `Content-Length` is the other side's text. */
async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream, and ends the connection.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new RangeError('The feed is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
