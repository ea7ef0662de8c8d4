import { z } from 'zod';
import type { DaysSchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The number of days is bounded by a week, and fourteen days are what is offered.';
export const caughtBy = ['accepts-units-and-days'];

export const daysSchema: DaysSchema = z.number().int().min(1).max(7).default(3);
