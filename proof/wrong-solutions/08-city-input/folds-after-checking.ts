import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The text is checked and then folded: a full-width bracket is not on the list, and after the check it is a bracket.';
export const caughtBy = ['city-unicode'];

export const citySchema: CitySchema = z
  .string()
  .trim()
  .min(1)
  .max(100, { abort: true })
  .refine((city) => !/[<>"`;&|$\\{}()[\]=%@~^*#?]|\p{C}|\p{Zl}|\p{Zp}/u.test(city))
  .normalize('NFKC');
