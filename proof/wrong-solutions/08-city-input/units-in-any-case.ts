import { z } from 'zod';
import type { UnitsSchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Units are made lower case before they are compared, so the tool runs for a unit nobody offers.';
export const caughtBy = ['city-length-type'];

export const unitsSchema: UnitsSchema = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['metric', 'imperial']))
  .default('metric');
