import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A list of what is forbidden lacks what its author did not think of: here braces and percent signs, and every character that folds into a forbidden one.';
export const caughtBy = ['city-control-chars', 'city-unicode'];

const FORBIDDEN = /[<>"`;&|$\\]|--|\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u;

export const citySchema: CitySchema = z
  .string()
  .trim()
  .min(1)
  .max(100, { abort: true })
  .normalize('NFC')
  .refine((city) => !FORBIDDEN.test(city));
