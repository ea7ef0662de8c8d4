import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Only letters are allowed, but many scripts write vowels as marks, and é may arrive as e with a mark after it.';
export const caughtBy = ['accepts-every-script', 'accepts-decomposed-names'];

export const citySchema: CitySchema = z
  .string()
  .trim()
  .max(100, { abort: true })
  .regex(/^\p{L}[\p{L}\p{Nd} .,'’()-]*$/u);
