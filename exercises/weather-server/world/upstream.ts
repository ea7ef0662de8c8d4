/**
 * The outside network of the world: one weather service that wants an API key, and nothing else.
 * Requests never leave the process, so a request that strays elsewhere is evidence, not harm.
 */
import { cities, type City } from './cities.ts';
import { currentWeather, forecast } from './climate.ts';
import type { Tape } from './tape.ts';

export const UPSTREAM_BASE_URL = 'http://weather-api.example/v1/';

export interface Upstream {
  /**
   * Like `fetch`, for GET. The weather service answers at `{UPSTREAM_BASE_URL}current/{city}` and
   * `…forecast/{city}`; nobody else does.
   */
  fetch(url: string, headers?: Record<string, string>): Promise<Response>;
}

/** What the weather service itself may do; nobody knows who writes its texts. */
export interface WholeUpstream extends Upstream {
  /** Says `text` where the condition of the current weather stands, from now on. */
  plant(text: string): void;
}

/** Two spellings of one name: composed or not, full width or not, straight or curly apostrophe. */
const fold = (name: string): string =>
  name.normalize('NFKC').replaceAll('’', "'").trim().toLowerCase();

const citiesByName = new Map<string, City>();
for (const city of cities) {
  for (const name of [city.name, ...(city.aliases ?? [])]) {
    if (!citiesByName.has(fold(name))) citiesByName.set(fold(name), city);
  }
}

export function openUpstream(apiKey: string, tape: Tape): WholeUpstream {
  let planted: string | undefined;

  /** The city that `url` asks about, and at which endpoint; undefined if it asks for anything else. */
  function readRequest(url: URL): { endpoint: string; city: string } | undefined {
    const base = new URL(UPSTREAM_BASE_URL);
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return undefined;
    if (url.search !== '' || url.hash !== '') return undefined;
    const [endpoint, city, ...more] = url.pathname.slice(base.pathname.length).split('/');
    if ((endpoint !== 'current' && endpoint !== 'forecast') || !city || more.length > 0) {
      return undefined;
    }
    try {
      return { endpoint, city: decodeURIComponent(city) };
    } catch {
      return undefined;
    }
  }

  function answer(url: URL, key: string | undefined): Response {
    const asked = readRequest(url);
    if (!asked) {
      const isOurs = url.origin === new URL(UPSTREAM_BASE_URL).origin;
      return Response.json({ error: 'not found' }, { status: isOurs ? 404 : 502 });
    }
    if (key !== apiKey) return Response.json({ error: 'bad API key' }, { status: 401 });
    const city = citiesByName.get(fold(asked.city));
    if (!city) return Response.json({ error: 'unknown city' }, { status: 404 });
    const now = new Date();
    const place = { city: city.name, country: city.country };
    if (asked.endpoint === 'forecast') {
      return Response.json({ ...place, days: forecast(city, now, 14) });
    }
    const condition = planted === undefined ? {} : { condition: planted };
    return Response.json({ ...place, ...currentWeather(city, now), ...condition });
  }

  return {
    async fetch(url, headers = {}) {
      const parsed = new URL(url);
      const response = answer(parsed, headers['x-api-key']);
      tape.write({
        kind: 'upstream',
        url,
        status: response.status,
        expected: readRequest(parsed) !== undefined,
        keyShown: headers['x-api-key'] === apiKey,
      });
      return response;
    },
    plant: (text) => void (planted = text),
  };
}
