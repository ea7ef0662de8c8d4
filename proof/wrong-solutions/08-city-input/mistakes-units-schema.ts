import { z } from 'zod';
import type { Units, UnitsSchema } from '../../../exercises/weather-server/controls.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'units-as-object-members',
    mistake:
      'in finds inherited members as well: every object has a constructor, so that is a unit.',
    caughtBy: ['city-length-type'],
    controls() {
      const symbols = { metric: '°C', imperial: '°F' };

      const isUnits = (units: string): units is Units => units in symbols;

      const unitsSchema: UnitsSchema = z.string().refine(isUnits).default('metric');

      return { unitsSchema };
    },
  },
  {
    name: 'units-half-anchored',
    mistake:
      'In ^metric|imperial$ each anchor belongs to one side only: what begins with metric passes, and what ends with imperial.',
    caughtBy: ['city-length-type'],
    controls() {
      const isUnits = (units: string): units is Units => /^metric|imperial$/.test(units);

      const unitsSchema: UnitsSchema = z.string().refine(isUnits).default('metric');

      return { unitsSchema };
    },
  },
  {
    name: 'units-in-any-case',
    mistake:
      'Units are made lower case before they are compared, so the tool runs for a unit nobody offers.',
    caughtBy: ['city-length-type'],
    controls: {
      unitsSchema: z
        .string()
        .toLowerCase()
        .pipe(z.enum(['metric', 'imperial']))
        .default('metric'),
    },
  },
];
