import type { ReviewStartEntry } from '../../../exercises/weather-server/controls.ts';
import { reviewStartEntry as rightly } from '../../../solutions/22-hostile-servers/start-entry.ts';

export const idea =
  'The texts are shown cleaned, with their lengths, and below it says which characters stand where.';

const UNSEEN = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

function describe(what: string, text: string): string {
  const characters = Array.from(text);
  const unseen = characters.flatMap((character, at) => {
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return UNSEEN.test(character) ? [`U+${code} at ${at}`] : [];
  });
  const clean = characters.map((one) => (UNSEEN.test(one) ? '_' : one)).join('');
  const note = unseen.length > 0 ? ` (${unseen.join(', ')})` : '';
  return `${what}, ${characters.length} characters: ${clean}${note}`;
}

export const reviewStartEntry: ReviewStartEntry = (entry, approved) => {
  const { command, args = [], env = {} } = entry;
  const lines = [
    describe('program', command),
    ...args.map((argument, index) => describe(`argument ${index + 1} of ${args.length}`, argument)),
    ...Object.entries(env)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .flatMap(([name, value]) => [describe('variable', name), describe('its value', value)]),
  ];
  return { ...rightly(entry, approved), text: lines.join('\n') };
};
