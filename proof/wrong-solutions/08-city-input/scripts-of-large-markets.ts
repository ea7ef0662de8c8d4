import type { CitySchema } from '../../../exercises/weather-server/controls.ts';
import { citySchema as rightly } from '../../../solutions/08-city-input/city-input.ts';

export const mistake =
  'The scripts are listed one by one, those of the large markets; Addis Ababa and Tbilisi are spelled in others.';
export const caughtBy = ['accepts-every-script'];

const KNOWN =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Common}\p{Script=Inherited}]*$/u;

export const citySchema: CitySchema = rightly.refine(
  (city) => KNOWN.test(city),
  'a script we do not know',
);
