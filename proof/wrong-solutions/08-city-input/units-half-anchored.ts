import { z } from 'zod';
import type { Units, UnitsSchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'In ^metric|imperial$ each anchor belongs to one side only: what begins with metric passes, and what ends with imperial.';
export const caughtBy = ['city-length-type'];

const isUnits = (units: string): units is Units => /^metric|imperial$/.test(units);

export const unitsSchema: UnitsSchema = z.string().refine(isUnits).default('metric');
