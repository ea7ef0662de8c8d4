import type { ReviewStartEntry } from '../../../exercises/weather-server/controls.ts';
import { reviewStartEntry as rightly } from '../../../solutions/22-hostile-servers/start-entry.ts';

export const idea = 'Each text is shown in angle brackets, percent-encoded as in a URL.';

/** Half of a surrogate pair has no encoding. */
const encoded = (text: string): string => `<${encodeURIComponent(text.toWellFormed())}>`;

export const reviewStartEntry: ReviewStartEntry = (entry, approved) => {
  const { command, args = [], env = {} } = entry;
  const variables = Object.entries(env).map(
    ([name, value]) => `with ${encoded(name)} as ${encoded(value)}`,
  );
  const text = `${[command, ...args].map(encoded).join(' ')}\n${variables.toSorted().join('\n')}`;
  return { ...rightly(entry, approved), text };
};
