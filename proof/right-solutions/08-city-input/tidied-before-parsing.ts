import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'preprocess() tidies a short text before the schema proper sees it; anything else it leaves for the schema to refuse.';

const tidied = (city: unknown): unknown =>
  typeof city === 'string' && city.length <= 100
    ? city.normalize('NFC').trim().replaceAll(/ {2,}/g, ' ')
    : city;

export const citySchema: CitySchema = z.preprocess(
  tidied,
  z
    .string()
    .min(1)
    .max(100, { abort: true })
    .regex(/^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}]|[ .,'’()/&!-])*$/u),
);
