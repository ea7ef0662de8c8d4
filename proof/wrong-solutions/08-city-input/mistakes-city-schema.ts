import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';
import { citySchema as rightly } from '../../../solutions/08-city-input/city-input.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'any-punctuation',
    mistake:
      '\\p{P} is more than full stop, hyphen and apostrophe: it lets in braces, percent signs, backslashes and every full-width twin of theirs.',
    caughtBy: ['city-control-chars', 'city-unicode'],
    controls: {
      citySchema: z
        .string()
        .trim()
        .max(100, { abort: true })
        .normalize('NFC')
        .regex(/^\p{L}[\p{L}\p{M}\p{P} ]*$/u),
    },
  },
  {
    name: 'any-white-space',
    mistake:
      '\\s stands for every kind of white space, line ends among them, so a name may have a second line.',
    caughtBy: ['city-control-chars'],
    controls: {
      citySchema: z
        .string()
        .trim()
        .max(100, { abort: true })
        .normalize('NFC')
        .regex(/^[\p{L}\p{M}][\p{L}\p{M}\s.,'’()-]*$/u),
    },
  },
  {
    name: 'apostrophes-removed',
    mistake:
      "Apostrophes are taken out for fear of SQL, so Xi'an is looked up as Xian and not found.",
    caughtBy: ['accepts-latin-names'],
    controls: {
      citySchema: z
        .string()
        .max(100, { abort: true })
        .transform((city) =>
          city
            .normalize('NFC')
            .replaceAll(/['’"`]/g, '')
            .trim(),
        )
        .refine((city) => /^[\p{L}\p{M}][\p{L}\p{M} .-]*$/u.test(city)),
    },
  },
  {
    name: 'at-least-two-letters',
    mistake: 'A name is said to have two letters at least, which the towns of Å and Y do not know.',
    caughtBy: ['accepts-short-names'],
    controls: {
      citySchema: z
        .string()
        .trim()
        .min(2)
        .max(100, { abort: true })
        .normalize('NFC')
        .regex(/^[\p{L}\p{M} .,'’()-]+$/u),
    },
  },
  {
    name: 'at-most-fifty-letters',
    mistake:
      'Fifty characters seem plenty until somebody asks for the village in Wales that has fifty-eight.',
    caughtBy: ['accepts-latin-names'],
    controls: {
      citySchema: z
        .string()
        .trim()
        .min(1)
        .max(50, { abort: true })
        .normalize('NFC')
        .regex(/^[\p{L}\p{M} .,'’()-]+$/u),
    },
  },
  {
    name: 'coerces-to-text',
    mistake:
      'Coercion makes a text of anything: an array of one name becomes the name, null becomes the city of null.',
    caughtBy: ['city-length-type'],
    controls: {
      citySchema: z.coerce
        .string()
        .trim()
        .max(100, { abort: true })
        .normalize('NFC')
        .regex(/^[\p{L}\p{M}][\p{L}\p{M} .,'’()-]*$/u),
    },
  },
  {
    name: 'composed-form-required',
    mistake:
      'A name has to arrive in normal form, though some keyboards write é as two characters, and nobody at them can tell.',
    caughtBy: ['accepts-decomposed-names'],
    controls() {
      const isComposed = (city: string): boolean => city === city.normalize('NFC');

      const citySchema: CitySchema = z
        .unknown()
        .refine((city) => typeof city !== 'string' || city.length > 100 || isComposed(city), {
          abort: true,
        })
        .pipe(rightly);

      return { citySchema };
    },
  },
  {
    name: 'folds-after-checking',
    mistake:
      'The text is checked and then folded: a full-width bracket is not on the list, and after the check it is a bracket.',
    caughtBy: ['city-unicode'],
    controls: {
      citySchema: z
        .string()
        .trim()
        .min(1)
        .max(100, { abort: true })
        .refine((city) => !/[<>"`;&|$\\{}()[\]=%@~^*#?]|\p{C}|\p{Zl}|\p{Zp}/u.test(city))
        .normalize('NFKC'),
    },
  },
  {
    name: 'forbidden-characters-listed',
    mistake:
      'A list of what is forbidden lacks what its author did not think of: here braces and percent signs, and every character that folds into a forbidden one.',
    caughtBy: ['city-control-chars', 'city-unicode'],
    controls() {
      const FORBIDDEN = /[<>"`;&|$\\]|--|\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u;

      const citySchema: CitySchema = z
        .string()
        .trim()
        .min(1)
        .max(100, { abort: true })
        .normalize('NFC')
        .refine((city) => !FORBIDDEN.test(city));

      return { citySchema };
    },
  },
  {
    name: 'latin-alphabet-with-accents',
    mistake:
      'The range À to ÿ covers the west of Europe: Łódź and Đà Nẵng are already outside, and so is every other script.',
    caughtBy: ['accepts-latin-names', 'accepts-every-script', 'accepts-decomposed-names'],
    controls: {
      citySchema: z
        .string()
        .trim()
        .min(1)
        .max(100, { abort: true })
        .regex(/^[A-Za-zÀ-ÖØ-öø-ÿ .'’-]+$/),
    },
  },
  {
    name: 'length-does-not-stop',
    mistake:
      'The length is checked first, but without abort the checks after it run as well, and one of them takes seconds for a long text.',
    caughtBy: ['city-redos'],
    controls: {
      citySchema: z
        .string()
        .min(1)
        .max(100, 'at most 100 characters')
        .refine((city) => !/^\s+/.test(city) && !/\s+$/.test(city), 'no blanks around it')
        .normalize('NFC')
        .regex(/^[\p{L}\p{M} .,'’()-]+$/u, 'not a name'),
    },
  },
  {
    name: 'length-is-all',
    mistake: 'Whatever characters a city consists of, it is let through.',
    caughtBy: ['city-control-chars', 'city-unicode'],
    controls: {
      citySchema: z.string().trim().min(1).max(100),
    },
  },
  {
    name: 'letters-of-english',
    mistake:
      'The pattern knows the twenty-six letters of English, so it refuses São Paulo, 東京 and most cities of the world.',
    caughtBy: [
      'accepts-latin-names',
      'accepts-every-script',
      'accepts-decomposed-names',
      'accepts-short-names',
    ],
    controls: {
      citySchema: z
        .string()
        .trim()
        .min(1)
        .max(100, { abort: true })
        .regex(/^[A-Za-z][A-Za-z .'-]*$/),
    },
  },
  {
    name: 'letters-without-marks',
    mistake:
      'Only letters are allowed, but many scripts write vowels as marks, and é may arrive as e with a mark after it.',
    caughtBy: ['accepts-every-script', 'accepts-decomposed-names'],
    controls: {
      citySchema: z
        .string()
        .trim()
        .max(100, { abort: true })
        .regex(/^\p{L}[\p{L}\p{Nd} .,'’()-]*$/u),
    },
  },
  {
    name: 'one-mark-per-letter',
    mistake:
      'A letter may carry one mark; in मुंबई, and in the decomposed Đà Nẵng, a letter carries two.',
    caughtBy: ['accepts-every-script', 'accepts-decomposed-names'],
    controls: {
      citySchema: z
        .string()
        .trim()
        .max(100, { abort: true })
        .regex(/^\p{L}\p{M}?(?:[\p{L} .,'’()-]\p{M}?)*$/u),
    },
  },
  {
    name: 'pattern-of-one-line',
    mistake:
      'With the flag m, ^ and $ are the ends of a line: one good line is enough, and whatever stands in the next comes along.',
    caughtBy: ['city-control-chars'],
    controls() {
      const NAME = /^[\p{L}\p{M}][\p{L}\p{M} .,'’()-]*$/mu;

      const citySchema: CitySchema = z
        .string()
        .trim()
        .max(100, { abort: true })
        .normalize('NFC')
        .regex(NAME);

      return { citySchema };
    },
  },
  {
    name: 'pattern-without-anchors',
    mistake:
      'The pattern asks whether there is a letter somewhere, not whether there is nothing else: without ^ and $ one good character is enough.',
    caughtBy: ['city-control-chars', 'city-unicode'],
    controls: {
      citySchema: z
        .string()
        .max(100, { abort: true })
        .normalize('NFC')
        .regex(/[\p{L}\p{M}][\p{L}\p{M} .'’-]*/u),
    },
  },
  {
    name: 'scripts-of-large-markets',
    mistake:
      'The scripts are listed one by one, those of the large markets; Addis Ababa and Tbilisi are spelled in others.',
    caughtBy: ['accepts-every-script'],
    controls() {
      const KNOWN =
        /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Common}\p{Script=Inherited}]*$/u;

      const citySchema: CitySchema = rightly.refine(
        (city) => KNOWN.test(city),
        'a script we do not know',
      );

      return { citySchema };
    },
  },
  {
    name: 'separators-of-any-number',
    mistake:
      'Letters are optional after a run of separators that repeats: thirty blanks can be cut up in as many ways as thirty letters.',
    caughtBy: ['city-redos'],
    controls() {
      const NAME = /^\p{L}[\p{L}\p{M}]*(?:[ .'’-]+[\p{L}\p{M}]*)*$/u;

      const citySchema: CitySchema = z
        .string()
        .max(100, { abort: true })
        .transform((city) => city.trim().normalize('NFC'))
        .refine((city) => NAME.test(city));

      return { citySchema };
    },
  },
  {
    name: 'trims-and-drops-the-result',
    mistake:
      'trim() gives back a new text and leaves the old one alone: the result is thrown away, and a name of blanks passes.',
    caughtBy: ['city-length-type'],
    controls: {
      citySchema: z
        .string()
        .min(1)
        .max(100, { abort: true })
        .transform((city) => {
          city.trim();
          return city.normalize('NFC');
        })
        .refine((city) => /^[\p{L}\p{M} .,'’()-]+$/u.test(city)),
    },
  },
  {
    name: 'trims-with-a-pattern',
    mistake:
      'A pattern removes outer blanks before anything has looked at the length, and \\s+$ begins again at each of a hundred thousand blanks.',
    caughtBy: ['city-redos'],
    controls() {
      const trimmed = (city: string): string => city.replaceAll(/^\s+|\s+$/g, '');

      const citySchema: CitySchema = z
        .string()
        .transform((city) => trimmed(city).normalize('NFC'))
        .pipe(
          z
            .string()
            .min(1)
            .max(100, { abort: true })
            .regex(/^[\p{L}\p{M} .,'’()-]+$/u),
        );

      return { citySchema };
    },
  },
  {
    name: 'words-of-letters',
    mistake:
      'The pattern repeats a group that repeats letters: a run of thirty letters can be cut into words in half a billion ways, and all of them are tried.',
    caughtBy: ['city-redos'],
    controls() {
      const WORDS = /^(?:[\p{L}\p{M}]+[ .,'’-]{0,2})+$/u;

      const citySchema: CitySchema = z
        .string()
        .max(100, { abort: true })
        .transform((city) => city.trim().normalize('NFC'))
        .refine((city) => WORDS.test(city));

      return { citySchema };
    },
  },
  {
    name: 'wrong-input-becomes-the-default',
    mistake:
      'Instead of refusing, catch() puts Paris where a wrong city stood: the caller gets weather nobody asked for, and never learns why.',
    caughtBy: ['city-length-type'],
    controls: {
      citySchema: z
        .string()
        .trim()
        .max(100, { abort: true })
        .normalize('NFC')
        .regex(/^[\p{L}\p{M}][\p{L}\p{M} .,'’()-]*$/u)
        .catch('Paris'),
    },
  },
];
