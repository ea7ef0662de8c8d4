import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Nothing is normalized: marks are allowed where letters are, so both forms of a name pass as they came.';

export const citySchema: CitySchema = z
  .string()
  .max(200, { abort: true })
  .regex(/^[\p{L}\p{M}][\p{L}\p{M} .'’ʻ-]*$/u);
