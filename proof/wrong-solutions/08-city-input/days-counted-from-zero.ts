import { z } from 'zod';
import type { DaysSchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The days are numbered from 0 to 14 instead of 1 to 14: a forecast of no days is asked for upstream.';
export const caughtBy = ['city-length-type'];

export const daysSchema: DaysSchema = z.number().int().nonnegative().max(14).default(3);
