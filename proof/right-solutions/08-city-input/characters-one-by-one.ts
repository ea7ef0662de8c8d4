import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'No pattern for the whole text: a loop asks of each character whether names have it.';

const ALSO_IN_NAMES = new Set(" .,-'’()");
const isInNames = (character: string): boolean =>
  ALSO_IN_NAMES.has(character) || /^[\p{L}\p{M}\p{Nd}]$/u.test(character);

export const citySchema: CitySchema = z
  .string()
  .max(100, { abort: true })
  .transform((city, context) => {
    const name = city.normalize('NFC').trim();
    let letters = 0;
    for (const character of name) {
      if (!isInNames(character)) {
        context.addIssue({ code: 'custom', message: 'has a character that no name has' });
        return z.NEVER;
      }
      if (/\p{L}/u.test(character)) letters += 1;
    }
    if (letters === 0) context.addIssue({ code: 'custom', message: 'has no letter' });
    return name;
  });
