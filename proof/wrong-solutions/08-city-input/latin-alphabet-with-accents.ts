import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The range À to ÿ covers the west of Europe: Łódź and Đà Nẵng are already outside, and so is every other script.';
export const caughtBy = ['accepts-latin-names', 'accepts-every-script', 'accepts-decomposed-names'];

export const citySchema: CitySchema = z
  .string()
  .trim()
  .min(1)
  .max(100, { abort: true })
  .regex(/^[A-Za-zÀ-ÖØ-öø-ÿ .'’-]+$/);
