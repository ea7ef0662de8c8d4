import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Fifty characters seem plenty until somebody asks for the village in Wales that has fifty-eight.';
export const caughtBy = ['accepts-latin-names'];

export const citySchema: CitySchema = z
  .string()
  .trim()
  .min(1)
  .max(50, { abort: true })
  .normalize('NFC')
  .regex(/^[\p{L}\p{M} .,'’()-]+$/u);
