import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'With the flag m, ^ and $ are the ends of a line: one good line is enough, and whatever stands in the next comes along.';
export const caughtBy = ['city-control-chars'];

const NAME = /^[\p{L}\p{M}][\p{L}\p{M} .,'’()-]*$/mu;

export const citySchema: CitySchema = z
  .string()
  .trim()
  .max(100, { abort: true })
  .normalize('NFC')
  .regex(NAME);
