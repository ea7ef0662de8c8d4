import type { ReviewStartEntry } from '../../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../../exercises/weather-server/errors.ts';
import { reviewStartEntry as rightly } from '../../../solutions/22-hostile-servers/start-entry.ts';

export const idea =
  'Entries with characters that cannot be seen, with many words or long ones are refused.';

const LONGEST = 1_000;
const MOST = 50;

export const reviewStartEntry: ReviewStartEntry = (entry, approved) => {
  const { command, args = [], env = {} } = entry;
  const texts = [command, ...args, ...Object.entries(env).flat()];
  const isReadable = texts.every(
    (text) =>
      text.length <= LONGEST &&
      /^(?:(?!\p{M}|\u3164|\u2800)[\p{L}\p{N}\p{P}\p{S}]| (?! ))*$/u.test(text),
  );
  if (texts.length > MOST || !isReadable) {
    throw new RefusedError('Nobody could read this entry to the end. It is not started.');
  }
  const quote = (text: string): string => JSON.stringify(text);
  const variables = Object.entries(env).map(([name, value]) => `${quote(name)} = ${quote(value)}`);
  const text = [[command, ...args].map(quote).join(' '), ...variables.toSorted()].join('\n');
  return { ...rightly(entry, approved), text };
};
