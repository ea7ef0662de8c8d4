import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The scripts that the service knows are listed by name, marks apart; a name is written in one of them.';

const SCRIPTS = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Thai',
  'Georgian',
  'Ethiopic',
  'Hangul',
  'Han',
];
const namesByScript = SCRIPTS.map(
  (script) => new RegExp(`^[\\p{Script_Extensions=${script}}\\p{M} .,'’ʻ()-]+$`, 'u'),
);
const hasLetter = /\p{L}/u;

export const citySchema: CitySchema = z
  .string()
  .max(100, { abort: true })
  .transform((city) => city.normalize('NFC').trim())
  .refine((city) => hasLetter.test(city) && namesByScript.some((name) => name.test(city)));
