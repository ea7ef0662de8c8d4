import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';
import { citySchema as rightly } from '../../../solutions/08-city-input/city-input.ts';

export const mistake =
  'A name has to arrive in normal form, though some keyboards write é as two characters, and nobody at them can tell.';
export const caughtBy = ['accepts-decomposed-names'];

const isComposed = (city: string): boolean => city === city.normalize('NFC');

export const citySchema: CitySchema = z
  .unknown()
  .refine((city) => typeof city !== 'string' || city.length > 100 || isComposed(city), {
    abort: true,
  })
  .pipe(rightly);
