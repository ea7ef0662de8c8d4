import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The pattern repeats a group that repeats letters: a run of thirty letters can be cut into words in half a billion ways, and all of them are tried.';
export const caughtBy = ['city-redos'];

const WORDS = /^(?:[\p{L}\p{M}]+[ .,'’-]{0,2})+$/u;

export const citySchema: CitySchema = z
  .string()
  .max(100, { abort: true })
  .transform((city) => city.trim().normalize('NFC'))
  .refine((city) => WORDS.test(city));
