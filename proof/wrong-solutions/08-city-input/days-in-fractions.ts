import { z } from 'zod';
import type { DaysSchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The bounds are checked but not that the number is whole, so somebody gets a forecast for a day and a half.';
export const caughtBy = ['city-length-type'];

export const daysSchema: DaysSchema = z.number().min(1).max(14).default(3);
