import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A name with a character that is not on the list is replaced by Paris instead of refused: the model gets an answer to a question that nobody asked, and believes it.';
export const caughtBy = ['answers-the-city-asked'];

const NAME = /^[\p{L}\p{M}\p{Nd}][\p{L}\p{M}\p{Nd} .,'’()-]*$/u;

export const citySchema: CitySchema = z
  .string()
  .max(100, { abort: true })
  .transform((city) => city.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1)
      .transform((city) => (NAME.test(city) ? city : 'Paris')),
  );
