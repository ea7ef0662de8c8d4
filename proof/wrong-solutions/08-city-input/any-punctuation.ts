import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  '\\p{P} is more than full stop, hyphen and apostrophe: it lets in braces, percent signs, backslashes and every full-width twin of theirs.';
export const caughtBy = ['city-control-chars', 'city-unicode'];

export const citySchema: CitySchema = z
  .string()
  .trim()
  .max(100, { abort: true })
  .normalize('NFC')
  .regex(/^\p{L}[\p{L}\p{M}\p{P} ]*$/u);
