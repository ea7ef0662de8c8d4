import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'What stands after a comma is cut off as if it said nothing, so Washington, D.C. gets the weather of another Washington.';
export const caughtBy = ['answers-the-city-asked'];

export const citySchema: CitySchema = z
  .string()
  .max(100, { abort: true })
  .transform((city) => city.normalize('NFC').replace(/,.*/u, '').trim())
  .refine((city) => /^[\p{L}\p{M}\p{Nd}][\p{L}\p{M}\p{Nd} .'’()-]*$/u.test(city));
