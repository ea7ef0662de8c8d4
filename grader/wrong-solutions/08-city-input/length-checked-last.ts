import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The text is normalized first and measured last: normalizing sorts the marks on a letter, and of a hundred thousand marks it takes seconds.';
export const caughtBy = ['city-slow-to-normalize'];

export const citySchema: CitySchema = z
  .string()
  .transform((city) => city.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .regex(/^[\p{L}\p{M}\p{Nd}][\p{L}\p{M}\p{Nd} .,'’()-]*$/u)
      .max(100),
  );
