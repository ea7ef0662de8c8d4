import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The pattern knows the twenty-six letters of English, so it refuses São Paulo, 東京 and most cities of the world.';
export const caughtBy = [
  'accepts-latin-names',
  'accepts-every-script',
  'accepts-decomposed-names',
  'accepts-short-names',
];

export const citySchema: CitySchema = z
  .string()
  .trim()
  .min(1)
  .max(100, { abort: true })
  .regex(/^[A-Za-z][A-Za-z .'-]*$/);
