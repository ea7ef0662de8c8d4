import type { ReviewStartEntry } from '../../../exercises/weather-server/controls.ts';
import { reviewStartEntry as rightly } from '../../../solutions/22-hostile-servers/start-entry.ts';

export const idea =
  'The entry is shown as JSON in which all but printable ASCII is escaped, and what is kept is that JSON.';

/** Blanks that do not stand alone are escaped too. */
const ascii = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[^\u0021-\u007e ]| (?= )|(?<= ) /g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export const reviewStartEntry: ReviewStartEntry = (entry, approved) => {
  const names = Object.keys(entry.env ?? {}).toSorted();
  const variables = names.map((name) => ({ name, value: entry.env?.[name] ?? '' }));
  const whole = { command: entry.command, args: entry.args ?? [], variables };
  const approval = ascii(whole);
  const { warnings } = rightly(entry, undefined);
  return {
    mayStart: approved === approval,
    text: approval,
    warnings: approved === undefined || approved === approval ? warnings : [...warnings, 'changed'],
    approval,
  };
};
