/** The weather service, over HTTPS. The key goes there and nowhere else, whatever URL was built. */
import {
  UPSTREAM_BASE_URL,
  type Upstream,
} from '../../../../exercises/weather-server/world/upstream.ts';
import type { Tape } from '../../../../exercises/weather-server/world/tape.ts';
import { readAtMost } from '../../../../shared/get-at.ts';

const WITHIN_MS = 5_000;
const MOST_BYTES = 256 * 1024;

/**
 * @param service where it is, in place of `UPSTREAM_BASE_URL`, with the key it wants to be shown
 * @param ask another `fetch`, for tests
 */
export function openWeatherApi(
  service: { url: string; key: string },
  tape: Tape,
  ask: typeof fetch = fetch,
): Upstream {
  return {
    async fetch(known, headers = {}) {
      if (!known.startsWith(UPSTREAM_BASE_URL))
        throw new Error('only the weather service is asked');
      const url = new URL(service.url + known.slice(UPSTREAM_BASE_URL.length));
      // Dots in a path may have led out of it.
      const isThere = url.href.startsWith(new URL(service.url).href);
      if (!isThere) throw new Error('only the weather service is asked');
      const signal = AbortSignal.timeout(WITHIN_MS);
      const response = await ask(url, { headers, redirect: 'error', signal });
      tape.write({
        kind: 'upstream',
        url: known,
        status: response.status,
        expected: true,
        keyShown: headers['x-api-key'] === service.key,
      });
      const body = response.body ? await readAtMost(response.body, MOST_BYTES) : null;
      const { status } = response;
      return new Response(status === 204 || status === 304 ? null : body, { status });
    },
  };
}
