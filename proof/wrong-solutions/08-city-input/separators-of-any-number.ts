import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Letters are optional after a run of separators that repeats: thirty blanks can be cut up in as many ways as thirty letters.';
export const caughtBy = ['city-redos'];

const NAME = /^\p{L}[\p{L}\p{M}]*(?:[ .'’-]+[\p{L}\p{M}]*)*$/u;

export const citySchema: CitySchema = z
  .string()
  .max(100, { abort: true })
  .transform((city) => city.trim().normalize('NFC'))
  .refine((city) => NAME.test(city));
