import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The compatibility form comes first, and what is checked is exactly what goes on.';

export const citySchema: CitySchema = z
  .string()
  .max(120, { abort: true })
  .normalize('NFKC')
  .trim()
  .regex(/^[\p{L}\p{M}][\p{L}\p{M}\p{Nd} .,'’ʻ()/-]*$/u);
