import { z } from 'zod';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'at-most-a-week',
    mistake: 'The number of days is bounded by a week, and fourteen days are what is offered.',
    caughtBy: ['accepts-units-and-days'],
    controls: {
      daysSchema: z.number().int().min(1).max(7).default(3),
    },
  },
  {
    name: 'coerces-to-a-number',
    mistake:
      'Number() makes 7 of [7] and 1 of true: coercion lets through what is not a number at all.',
    caughtBy: ['city-length-type'],
    controls: {
      daysSchema: z.coerce.number().int().min(1).max(14).default(3),
    },
  },
  {
    name: 'days-counted-from-zero',
    mistake:
      'The days are numbered from 0 to 14 instead of 1 to 14: a forecast of no days is asked for upstream.',
    caughtBy: ['city-length-type'],
    controls: {
      daysSchema: z.number().int().nonnegative().max(14).default(3),
    },
  },
  {
    name: 'days-in-fractions',
    mistake:
      'The bounds are checked but not that the number is whole, so somebody gets a forecast for a day and a half.',
    caughtBy: ['city-length-type'],
    controls: {
      daysSchema: z.number().min(1).max(14).default(3),
    },
  },
  {
    name: 'days-without-end',
    mistake: 'The number is whole and positive, and as large as the caller likes.',
    caughtBy: ['city-length-type'],
    controls: {
      daysSchema: z.number().int().positive().default(3),
    },
  },
];
