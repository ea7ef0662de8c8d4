import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Zero-width joiners are allowed between letters: Persian, and the name of the capital of Sri Lanka, are spelled with them.';

const NAME = /^[\p{L}\p{M}](?:[\p{L}\p{M} .,'’()-]|(?<=[\p{L}\p{M}])\p{Join_Control}(?=\p{L}))*$/u;

export const citySchema: CitySchema = z
  .string()
  .max(100, { abort: true })
  .transform((city) => city.trim().normalize('NFC'))
  .refine((city) => NAME.test(city));
