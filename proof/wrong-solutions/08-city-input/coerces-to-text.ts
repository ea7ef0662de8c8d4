import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Coercion makes a text of anything: an array of one name becomes the name, null becomes the city of null.';
export const caughtBy = ['city-length-type'];

export const citySchema: CitySchema = z.coerce
  .string()
  .trim()
  .max(100, { abort: true })
  .normalize('NFC')
  .regex(/^[\p{L}\p{M}][\p{L}\p{M} .,'’()-]*$/u);
