import { z } from 'zod';
import type { DaysSchema, UnitsSchema } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Models write 7 and "7": digits are accepted as well, and nothing else that Number() would take. Units are two literals.';

const isInRange = (days: number): boolean => Number.isInteger(days) && days >= 1 && days <= 14;

export const daysSchema: DaysSchema = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,2}$/)
      .transform(Number),
  ])
  .refine(isInRange, 'from 1 to 14')
  .default(3);

export const unitsSchema: UnitsSchema = z
  .union([z.literal('metric'), z.literal('imperial')])
  .default('metric');
