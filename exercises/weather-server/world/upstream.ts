/**
 * The outside network of the world: one weather service that wants an API key, and nothing else.
 * Requests never leave the process, so a request that strays elsewhere is evidence, not harm.
 */
import { cities, type City } from './cities.ts';
import { currentWeather, forecast } from './climate.ts';
import type { Tape } from './tape.ts';

export const UPSTREAM_BASE_URL = 'http://weather-api.example/v1/';

export interface Upstream {
  /** Like `fetch`, for GET. The weather service answers at `UPSTREAM_BASE_URL`; nobody else does. */
  fetch(url: string, headers?: Record<string, string>): Promise<Response>;
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

export function openUpstream(apiKey: string, tape: Tape): Upstream {
  function answer(
    url: URL,
    headers: Record<string, string>,
  ): { expected: boolean; response: Response } {
    const base = new URL(UPSTREAM_BASE_URL);
    if (url.origin !== base.origin) {
      return {
        expected: false,
        response: Response.json({ error: 'no such host' }, { status: 502 }),
      };
    }
    const endpoint = url.pathname.slice(base.pathname.length);
    if (endpoint !== 'current' && endpoint !== 'forecast') {
      return { expected: false, response: Response.json({ error: 'not found' }, { status: 404 }) };
    }
    if (headers['x-api-key'] !== apiKey) {
      return { expected: true, response: Response.json({ error: 'bad API key' }, { status: 401 }) };
    }
    const city = citiesByName.get(fold(url.searchParams.get('city') ?? ''));
    if (!city) {
      return {
        expected: true,
        response: Response.json({ error: 'unknown city' }, { status: 404 }),
      };
    }
    const now = new Date();
    const place = { city: city.name, country: city.country };
    const weather =
      endpoint === 'current' ? currentWeather(city, now) : { days: forecast(city, now, 14) };
    return { expected: true, response: Response.json({ ...place, ...weather }) };
  }

  return {
    async fetch(url, headers = {}) {
      const { expected, response } = answer(new URL(url), headers);
      tape.write({ kind: 'upstream', url, status: response.status, expected });
      return response;
    },
  };
}
