import { z } from 'zod';
import type {
  CitySchema,
  DaysSchema,
  UnitsSchema,
} from '../../exercises/weather-server/controls.ts';
import { withoutJoinersInPlace } from '../../exercises/weather-server/joiners.ts';

/**
 * In code points, which is what zod counts. The longest name in one word has 85 letters, and the
 * ceremonial name of Bangkok 168, with its blanks 176 (Guinness World Records).
 */
const MOST_CHARACTERS = 200;

/**
 * A letter or a number of any script, with an apostrophe before it or not; then letters, marks,
 * numbers, blanks, and the signs that stand in names, in the forms that scripts have of their own:
 *
 * - apostrophes: Xi'an, Xi’an, Qo‘qon, צ׳ילה
 * - hyphens and dashes: Winston-Salem, תל־אביב
 * - full stops, and dots in the middle: St. John's, Brussel·les, サン・ホセ, ལྷ་ས
 * - commas: Washington, D.C.; باريس، تكساس
 * - parentheses: Halle (Saale), also the wide ones of Chinese
 * - a slash or `&` between two names: Donostia / San Sebastián, Trinidad & Tobago
 *
 * Alternatives that begin with different characters, repeated once: there is only one way to match a
 * text, and nothing to backtrack into.
 */
const NAME =
  /^['’‘]?[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} '’‘׳״‐‑–־.·・་།,،၊፣߸、()（）-]|(?<=[\p{L}\p{M}\p{N})] ?)[/&](?= ?['’‘]?[\p{L}\p{N}]))*$/u;

/** Marks and letters that show nothing, variation selectors above all: a byte of hidden text each. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/** Says where a line of Khmer, Lao, Thai or Burmese may end, since no blank does. No part of a name. */
const LINE_BREAK =
  /(?<=[\p{scx=Khmr}\p{scx=Laoo}\p{scx=Thai}\p{scx=Mymr}])\u200b(?=[\p{scx=Khmr}\p{scx=Laoo}\p{scx=Thai}\p{scx=Mymr}])/gu;

/**
 * A city name, normalized to NFC, without outer blanks.
 *
 * Length comes first and ends the matter (`abort`): zod would otherwise run the later checks on a
 * megabyte as well. The pattern is asked twice: of the text that goes on, and of its compatibility
 * form (NFKC, UAX #15), so that a character such as `＇` cannot turn into another one in some later
 * step. Joiners are looked at first, for the spelling of some scripts needs them in certain places;
 * anywhere else they are invisible like others. Whether the city exists is for the weather service
 * to say. An allow-list of ASCII letters is the tempting wrong one: it refuses most cities of the
 * world.
 */
export const citySchema: CitySchema = z
  .string()
  .max(MOST_CHARACTERS, { abort: true })
  .transform((city) => city.normalize('NFC').replaceAll(LINE_BREAK, '').trim())
  .pipe(z.string().max(MOST_CHARACTERS, 'too long once normalized').refine(isName, 'not a name'));

function isName(city: string): boolean {
  const seen = withoutJoinersInPlace(city);
  return NAME.test(seen) && NAME.test(seen.normalize('NFKC')) && !INVISIBLE.test(seen);
}

export const unitsSchema: UnitsSchema = z.enum(['metric', 'imperial']).default('metric');

export const daysSchema: DaysSchema = z.number().int().min(1).max(14).default(3);
