import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';
import { citySchema as rightly } from '../../../solutions/08-city-input/city-input.ts';

export const mistake =
  'A name has to arrive in normal form, though some keyboards write é as two characters, and nobody at them can tell.';
export const caughtBy = ['accepts-decomposed-names'];

export const citySchema: CitySchema = z
  .string()
  .max(100, { abort: true })
  .refine((city) => city === city.normalize('NFC'), { abort: true })
  .pipe(rightly);
