import { z } from 'zod';
import type { DaysSchema } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'The number is whole and positive, and as large as the caller likes.';
export const caughtBy = ['city-length-type'];

export const daysSchema: DaysSchema = z.number().int().positive().default(3);
