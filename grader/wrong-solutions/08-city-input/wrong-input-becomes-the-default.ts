import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Instead of refusing, catch() puts Paris where a wrong city stood: the caller gets weather nobody asked for, and never learns why.';
export const caughtBy = ['answers-the-city-asked', 'city-length-type'];

export const citySchema: CitySchema = z
  .string()
  .trim()
  .max(100, { abort: true })
  .normalize('NFC')
  .regex(/^[\p{L}\p{M}][\p{L}\p{M} .,'’()-]*$/u)
  .catch('Paris');
