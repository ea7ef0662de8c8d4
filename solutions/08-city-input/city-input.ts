import { z } from 'zod';
import type {
  CitySchema,
  DaysSchema,
  UnitsSchema,
} from '../../exercises/weather-server/controls.ts';

/** In UTF-16 units; the longest name of a place has 85 letters. */
const MOST_CHARACTERS = 100;

/**
 * Letters, marks and decimal digits of any script, and what else stands in names: Xi'an, St. John's,
 * Winston-Salem, Washington, D.C., Halle (Saale), and ལྷ་ས with the mark that parts its syllables. One
 * character class, repeated once: there is only one way to match a text, and nothing to backtrack into.
 */
const NAME = /^[\p{L}\p{Nd}'’][\p{L}\p{M}\p{Nd} ་.,'’()·-]*$/u;

/** Marks and letters that show nothing, variation selectors above all: a byte of hidden text each. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/**
 * A city name, normalized to NFC, without outer blanks.
 *
 * Length comes first and ends the matter (`abort`): zod would otherwise run the later checks on a
 * megabyte as well. The pattern is asked twice: of the text that goes on, and of its compatibility
 * form (NFKC, UAX #15), so that a character such as `＇` or `／` cannot turn into another one in some
 * later step. Whether the city exists is for the weather service to say.
 * An allow-list of ASCII letters is the tempting wrong one: it refuses most cities of the world.
 */
export const citySchema: CitySchema = z
  .string()
  .max(MOST_CHARACTERS, { abort: true })
  .transform((city) => city.normalize('NFC').trim())
  .refine((city) => city.length <= MOST_CHARACTERS, 'too long once normalized')
  .refine((city) => NAME.test(city) && NAME.test(city.normalize('NFKC')), 'not a name')
  .refine((city) => !INVISIBLE.test(city), 'invisible characters');

export const unitsSchema: UnitsSchema = z.enum(['metric', 'imperial']).default('metric');

export const daysSchema: DaysSchema = z.number().int().min(1).max(14).default(3);
