import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The pattern asks whether there is a letter somewhere, not whether there is nothing else: without ^ and $ one good character is enough.';
export const caughtBy = ['city-control-chars', 'city-unicode'];

export const citySchema: CitySchema = z
  .string()
  .max(100, { abort: true })
  .normalize('NFC')
  .regex(/[\p{L}\p{M}][\p{L}\p{M} .'’-]*/u);
