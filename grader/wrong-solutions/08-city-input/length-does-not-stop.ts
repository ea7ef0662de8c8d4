import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The length is checked first, but without abort the checks after it run as well, and one of them takes seconds for a long text.';
export const caughtBy = ['city-redos', 'city-slow-to-normalize'];

export const citySchema: CitySchema = z
  .string()
  .min(1)
  .max(100, 'at most 100 characters')
  .refine((city) => !/^\s+/.test(city) && !/\s+$/.test(city), 'no blanks around it')
  .normalize('NFC')
  .regex(/^[\p{L}\p{M} .,'’()-]+$/u, 'not a name');
