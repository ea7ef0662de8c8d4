import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A letter may carry one mark; in मुंबई, and in the decomposed Đà Nẵng, a letter carries two.';
export const caughtBy = ['accepts-every-script', 'accepts-decomposed-names'];

export const citySchema: CitySchema = z
  .string()
  .trim()
  .max(100, { abort: true })
  .regex(/^\p{L}\p{M}?(?:[\p{L} .,'’()-]\p{M}?)*$/u);
