import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The length is counted in code points, so that a name in a script outside the basic plane has as many letters as any other.';

const MOST_LETTERS = 80;
const NAME = /^[\p{L}\p{M}]+(?:[ .,'’-]{1,2}[\p{L}\p{M}]+)*\.?$/u;

export const citySchema: CitySchema = z.string().superRefine((city, context) => {
  // Twice as many UTF-16 units at most: a megabyte is refused without being counted.
  const isShort = city.length <= 2 * MOST_LETTERS && Array.from(city).length <= MOST_LETTERS;
  if (!isShort || !NAME.test(city)) context.addIssue({ code: 'custom', message: 'not a name' });
});
