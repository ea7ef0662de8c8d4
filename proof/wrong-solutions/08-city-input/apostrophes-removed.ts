import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  "Apostrophes are taken out for fear of SQL, so Xi'an is looked up as Xian and not found.";
export const caughtBy = ['accepts-latin-names'];

export const citySchema: CitySchema = z
  .string()
  .max(100, { abort: true })
  .transform((city) =>
    city
      .normalize('NFC')
      .replaceAll(/['’"`]/g, '')
      .trim(),
  )
  .refine((city) => /^[\p{L}\p{M}][\p{L}\p{M} .-]*$/u.test(city));
