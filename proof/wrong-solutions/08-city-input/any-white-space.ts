import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  '\\s stands for every kind of white space, line ends among them, so a name may have a second line.';
export const caughtBy = ['city-control-chars'];

export const citySchema: CitySchema = z
  .string()
  .trim()
  .max(100, { abort: true })
  .normalize('NFC')
  .regex(/^[\p{L}\p{M}][\p{L}\p{M}\s.,'’()-]*$/u);
