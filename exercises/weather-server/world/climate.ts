/**
 * Made-up weather that never changes: a city has the same weather whenever one asks about the same
 * UTC day, so a lesson, a check and a replayed attack all see the same answer.
 */
import type { City } from './cities.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day, counted since the epoch, on which the north is warmest and the south is coldest. */
const MIDSUMMER = Date.UTC(2000, 6, 20) / DAY_MS;

/** The weather at `at`; it is the same all through that UTC day, and within its forecast. */
export function currentWeather(
  city: City,
  at: Date,
): { temperatureC: number; humidityPercent: number; windKmh: number; condition: string } {
  const { temperatureC, humidityPercent, windKmh, condition } = weatherOn(city, utcDay(at));
  return { temperatureC, humidityPercent, windKmh, condition };
}

/** The weather of `days` UTC days, of which the day of `from` is the first. */
export function forecast(
  city: City,
  from: Date,
  days: number,
): Array<{ date: string; minC: number; maxC: number; condition: string }> {
  return Array.from({ length: days }, (_, offset) => {
    const day = utcDay(from) + offset;
    const { minC, maxC, condition } = weatherOn(city, day);
    return { date: new Date(day * DAY_MS).toISOString().slice(0, 10), minC, maxC, condition };
  });
}

/**
 * Numbers from 0 up to 1 that look random and follow from `seed` alone: FNV-1a picks where the
 * mulberry32 sequence starts.
 */
export function chancesFrom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index++) {
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The weather of one UTC day, counted since the epoch. */
function weatherOn(city: City, day: number) {
  const chance = chancesFrom(`${city.name}, ${city.country}, day ${day}`);
  const mean = seasonalMean(city.latitude, day) + between(-4, 4, chance());
  const minC = round(mean - between(2, 6, chance()));
  const maxC = round(mean + between(2, 6, chance()));
  const condition = conditionAt(mean, chance());
  const damp = condition === 'clear' || condition === 'partly cloudy' ? 35 : 65;
  return {
    minC,
    maxC,
    condition,
    temperatureC: round(mean * 10) / 10,
    humidityPercent: round(damp + between(0, 30, chance())),
    windKmh: round(between(2, 45, chance() ** 2)),
  };
}

/** Warm at the equator, cold at the poles, and ever more seasonal on the way there. */
function seasonalMean(latitude: number, day: number): number {
  const season = Math.cos((2 * Math.PI * (day - MIDSUMMER)) / 365.25);
  return 28 - 0.007 * latitude ** 2 + 0.2 * latitude * season;
}

function conditionAt(temperatureC: number, chance: number): string {
  if (chance < 0.3) return 'clear';
  if (chance < 0.55) return 'partly cloudy';
  if (chance < 0.75) return 'cloudy';
  if (chance < 0.8) return 'fog';
  if (temperatureC < 1) return 'snow';
  return chance > 0.93 && temperatureC > 18 ? 'thunderstorm' : 'rain';
}

function between(low: number, high: number, chance: number): number {
  return low + (high - low) * chance;
}

/** Adding 0 turns -0, which is not equal to 0 everywhere, into 0. */
function round(value: number): number {
  return Math.round(value) + 0;
}

function utcDay(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS);
}
