import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Control and format characters are removed instead of refused, blanks are collapsed, and the rest is checked.';

export const citySchema: CitySchema = z
  .string()
  .max(150, { abort: true })
  .transform((city) =>
    city
      .normalize('NFKC')
      .replaceAll(/\p{C}/gu, '')
      .replaceAll(/[\p{Z}]+/gu, ' ')
      .trim(),
  )
  .pipe(z.string().regex(/^\p{L}[\p{L}\p{M} .,'’()-]*$/u));
