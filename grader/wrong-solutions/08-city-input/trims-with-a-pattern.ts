import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A pattern removes outer blanks before anything has looked at the length, and \\s+$ begins again at each of a hundred thousand blanks.';
export const caughtBy = ['city-redos', 'city-slow-to-normalize'];

const trimmed = (city: string): string => city.replaceAll(/^\s+|\s+$/g, '');

export const citySchema: CitySchema = z
  .string()
  .transform((city) => trimmed(city).normalize('NFC'))
  .pipe(
    z
      .string()
      .min(1)
      .max(100, { abort: true })
      .regex(/^[\p{L}\p{M} .,'’()-]+$/u),
  );
