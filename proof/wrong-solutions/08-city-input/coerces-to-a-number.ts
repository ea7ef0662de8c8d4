import { z } from 'zod';
import type { DaysSchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Number() makes 7 of [7] and 1 of true: coercion lets through what is not a number at all.';
export const caughtBy = ['city-length-type'];

export const daysSchema: DaysSchema = z.coerce.number().int().min(1).max(14).default(3);
