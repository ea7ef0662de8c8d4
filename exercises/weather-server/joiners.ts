/** Joiners, which nobody sees and which spelling needs: for names of places and of clients. */

/** Scripts that are written with joiners: می‌خواهم, ශ්‍රී, র‍্যাঙ্কিন. */
const JOINING_SCRIPTS = [
  'Arabic',
  'Syriac',
  'Mongolian',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Khmer',
  'Myanmar',
];
const JOINING_LETTER = String.raw`[[\p{L}\p{M}]&&[${JOINING_SCRIPTS.map((script) => String.raw`\p{scx=${script}}`).join('')}]]`;

/**
 * Signs that take the vowel from a consonant (viramas), the letters of Malayalam that have none
 * (chillus), and the Kurdish ه: a joiner may follow them at the end of a word as well.
 */
const JOINED_AT_THE_END = String.raw`[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u0d54-\u0d56\u0d7a-\u0d7f\u0647]`;

const JOINER_IN_PLACE = new RegExp(
  String.raw`(?<=${JOINING_LETTER})[\u200c\u200d](?=${JOINING_LETTER})|(?<=${JOINED_AT_THE_END})[\u200c\u200d](?![\p{L}\p{M}\p{N}\u200c\u200d])`,
  'gv',
);

/**
 * `text` without the joiners (U+200C, U+200D) that stand where spelling needs them, so that whoever
 * looks for invisible characters finds only those that hide something: a joiner between letters of
 * other scripts, beside a blank, or after another joiner. RFC 5892, appendices A.1 and A.2, made
 * simpler: it does not ask whether the letters really join.
 */
export const withoutJoinersInPlace = (text: string): string => text.replaceAll(JOINER_IN_PLACE, '');
