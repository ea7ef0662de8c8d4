import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'trim() gives back a new text and leaves the old one alone: the result is thrown away, and a name of blanks passes.';
export const caughtBy = ['city-length-type'];

export const citySchema: CitySchema = z
  .string()
  .min(1)
  .max(100, { abort: true })
  .transform((city) => {
    city.trim();
    return city.normalize('NFC');
  })
  .refine((city) => /^[\p{L}\p{M} .,'’()-]+$/u.test(city));
