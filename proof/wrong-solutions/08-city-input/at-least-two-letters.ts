import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A name is said to have two letters at least, which the towns of Å and Y do not know.';
export const caughtBy = ['accepts-short-names'];

export const citySchema: CitySchema = z
  .string()
  .trim()
  .min(2)
  .max(100, { abort: true })
  .normalize('NFC')
  .regex(/^[\p{L}\p{M} .,'’()-]+$/u);
