import { z } from 'zod';
import type { CitySchema, DaysSchema, Units, UnitsSchema } from '../weather-server/controls.ts';

// Today a city is anything at all: a megabyte, an array, terminal escapes, nothing. The one pattern
// that is used tidies plain names, and needs twice the time for every further letter of others.

const PLAIN_NAME = /^([A-Za-z]+[ '-]?)+$/;

// TODO 08: Accept a string of at most 200 characters (100 do for nearly all) that is a name: letters
// and marks of any script and the few other characters that names contain. São Paulo, Xi'an and 東京
// must pass. Look at the length before all else, normalize before you check the rest, and stop at the
// first failed check. What you do not accept is refused; never answer about another city instead.
export const citySchema: CitySchema = z
  .any()
  .optional()
  .transform((city) => String(city))
  .transform((city) => (PLAIN_NAME.test(city) ? city.trim() : city));

// TODO 08: Accept exactly `metric` and `imperial`.
export const unitsSchema: UnitsSchema = z
  .any()
  .optional()
  .transform((units) => (units ?? 'metric') as Units);

// TODO 08: Accept whole numbers from 1 to 14.
export const daysSchema: DaysSchema = z
  .any()
  .optional()
  .transform((days) => Number(days ?? 3));
