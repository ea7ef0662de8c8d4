import { z } from 'zod';
import type { Units, UnitsSchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'in finds inherited members as well: every object has a constructor, so that is a unit.';
export const caughtBy = ['city-length-type'];

const symbols = { metric: '°C', imperial: '°F' };

const isUnits = (units: string): units is Units => units in symbols;

export const unitsSchema: UnitsSchema = z.string().refine(isUnits).default('metric');
