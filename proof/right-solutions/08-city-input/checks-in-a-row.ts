import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'All checks are handed to check() in order, each with abort, so that the first that fails is the last that runs.';

export const citySchema: CitySchema = z
  .string()
  .check(
    z.maxLength(100, { abort: true }),
    z.trim(),
    z.minLength(1, { abort: true }),
    z.normalize('NFC'),
    z.regex(/^[\p{L}\p{M}\p{Nd} .,'’()-]+$/u, { abort: true }),
  );
