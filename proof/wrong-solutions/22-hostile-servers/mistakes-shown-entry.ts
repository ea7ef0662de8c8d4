import type { ReviewStartEntry, StartEntry } from '../../../exercises/weather-server/controls.ts';
import {
  reviewStartEntry as rightly,
  shown,
} from '../../../solutions/22-hostile-servers/start-entry.ts';
import type { Mistake } from '../../solutions.ts';

/** The right review, which shows another text. */
const showing =
  (textOf: (entry: Whole) => string): ReviewStartEntry =>
  (entry, approved) => ({
    ...rightly(entry, approved),
    text: textOf({ args: [], env: {}, ...entry }),
  });
type Whole = Required<StartEntry>;

/** A line for each text, written by `write`. */
const inLines =
  (write: (text: string) => string) =>
  ({ command, args, env }: Whole): string =>
    [
      `Program: ${write(command)}`,
      ...args.map((argument, index) => `Argument ${index}: ${write(argument)}`),
      ...Object.entries(env).map(([name, value]) => `Variable ${write(name)}: ${write(value)}`),
    ].join('\n');

/** As right, but that these characters are left as they are. */
const letting = (pattern: RegExp) => (text: string) =>
  text
    .split(pattern)
    .map((part) => (pattern.test(part) ? part : shown(part).slice(1, -1)))
    .join('');
const sparing = (characters: string) => {
  const write = letting(new RegExp(`(${characters})`, 'u'));
  return (text: string) => `"${write(text)}"`;
};

/** Escapes like JSON, and blanks as well if there are several. */
const asJson = (text: string): string =>
  JSON.stringify(text).replaceAll(/ {2,}/g, (run) => String.raw`\u0020`.repeat(run.length));

const INVISIBLE = /\p{Default_Ignorable_Code_Point}|(?! )\p{Zs}|\u2800|\p{Cc}/gu;
const escaped = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

export const mistakes: Mistake[] = [
  {
    name: 'as-it-stands-in-the-file',
    mistake: 'The entry is shown as JSON, which escapes few characters that nobody sees.',
    caughtBy: ['hs-invisible-argument', 'hs-cut-argument'],
    controls: { reviewStartEntry: showing((entry) => JSON.stringify(entry, null, 2)) },
  },
  {
    name: 'json-and-blanks',
    mistake: 'What JSON does not escape, and nobody sees, is shown as it is.',
    caughtBy: ['hs-invisible-argument', 'hs-cut-argument'],
    controls: { reviewStartEntry: showing(inLines(asJson)) },
  },
  {
    name: 'a-line-that-fits',
    mistake: 'The command line is shown as far as there is room for it.',
    caughtBy: ['hs-invisible-argument', 'hs-cut-argument', 'hs-argument-borders'],
    controls: {
      reviewStartEntry: showing(({ command, args }) => [command, ...args].join(' ').slice(0, 120)),
    },
  },
  {
    name: 'each-text-cut',
    mistake: 'Each argument is shown as far as there is room for it.',
    caughtBy: ['hs-cut-argument'],
    controls: {
      reviewStartEntry: showing(
        inLines((text) => (text.length > 500 ? `${shown(text.slice(0, 500))}…` : shown(text))),
      ),
    },
  },
  {
    name: 'the-middle-is-left-out',
    mistake: 'Of a long argument its beginning and its end are shown.',
    caughtBy: ['hs-cut-argument'],
    controls: {
      reviewStartEntry: showing(
        inLines((text) =>
          text.length > 500
            ? `${shown(text.slice(0, 250))}…${shown(text.slice(-250))}`
            : shown(text),
        ),
      ),
    },
  },
  {
    name: 'so-many-more',
    mistake: 'The first twenty arguments are shown, and how many there are besides.',
    caughtBy: ['hs-cut-argument'],
    controls: {
      reviewStartEntry: showing(({ command, args, env }) => {
        const more = args.length > 20 ? `\nand ${args.length - 20} more` : '';
        return inLines(shown)({ command, args: args.slice(0, 20), env }) + more;
      }),
    },
  },
  {
    name: 'a-digest-of-it',
    mistake: 'Names of variables are shown, and of their values a digest that nobody can read.',
    caughtBy: ['hs-invisible-argument', 'hs-cut-argument'],
    controls: {
      reviewStartEntry: (entry, approved) => {
        const review = rightly(entry, approved);
        const names = Object.keys(entry.env ?? {}).map((name) => [name, 'a value']);
        const text = inLines(shown)({ args: [], ...entry, env: Object.fromEntries(names) });
        return { ...review, text: `${text}\nFingerprint: ${review.approval}` };
      },
    },
  },
  {
    name: 'variables-are-not-shown',
    mistake: 'The command line is shown, and not what is put into the environment.',
    caughtBy: ['hs-invisible-argument', 'hs-cut-argument', 'hs-argument-borders'],
    controls: { reviewStartEntry: showing((entry) => inLines(shown)({ ...entry, env: {} })) },
  },
  {
    name: 'names-of-variables-only',
    mistake: 'Which variables are set is shown, and not to what.',
    caughtBy: ['hs-invisible-argument', 'hs-cut-argument'],
    controls: {
      reviewStartEntry: showing(({ command, args, env }) =>
        [inLines(shown)({ command, args, env: {} }), ...Object.keys(env).map(shown)].join('\n'),
      ),
    },
  },
  {
    name: 'only-the-name-of-the-program',
    mistake: 'The program is shown by its name, and not where it lies.',
    caughtBy: ['hs-invisible-argument', 'hs-cut-argument'],
    controls: {
      reviewStartEntry: showing(({ command, args, env }) =>
        inLines(shown)({ command: command.split('/').at(-1) ?? '', args, env }),
      ),
    },
  },
  {
    name: 'invisible-is-left-out',
    mistake: 'What cannot be seen is taken out of what is shown, and stays in what is started.',
    caughtBy: ['hs-invisible-argument'],
    controls: {
      reviewStartEntry: showing(
        inLines((text) =>
          shown(text.replaceAll(/(?!\n)\p{Cc}|\p{Default_Ignorable_Code_Point}/gu, '')),
        ),
      ),
    },
  },
  {
    name: 'directions-are-letters',
    mistake: 'Characters that turn the text around are shown as they are.',
    caughtBy: ['hs-invisible-argument'],
    controls: { reviewStartEntry: showing(inLines(sparing('[\u202a-\u202e\u2066-\u2069]'))) },
  },
  {
    name: 'sixteen-bits',
    mistake: 'Characters beyond the first plane, such as tags, are shown as they are.',
    caughtBy: ['hs-invisible-argument'],
    controls: { reviewStartEntry: showing(inLines(sparing('[\u{10000}-\u{10ffff}]'))) },
  },
  {
    name: 'letters-that-nobody-sees',
    mistake: 'What Unicode calls a letter or a symbol is taken to be seen, fillers among them.',
    caughtBy: ['hs-invisible-argument'],
    controls: { reviewStartEntry: showing(inLines(sparing('[\u115f\u1160\u3164\uffa0\u2800]'))) },
  },
  {
    name: 'a-blank-is-a-blank',
    mistake: 'Blanks of another kind are shown as they are, one by one.',
    caughtBy: ['hs-invisible-argument', 'hs-cut-argument'],
    controls: { reviewStartEntry: showing(inLines(sparing('[\u00a0\u2000-\u200a\u3000]'))) },
  },
  {
    name: 'any-number-of-blanks',
    mistake: 'Blanks are shown as they are, and push out of sight what stands behind them.',
    caughtBy: ['hs-cut-argument'],
    controls: { reviewStartEntry: showing(inLines(sparing(' '))) },
  },
  {
    name: 'tabs-and-lines-are-text',
    mistake: 'Line ends and tabs are shown as they are.',
    caughtBy: ['hs-cut-argument'],
    controls: { reviewStartEntry: showing(inLines(sparing('[\n\t]'))) },
  },
  {
    name: 'words-in-a-row',
    mistake: 'The arguments stand in a row, and nobody sees where one ends.',
    caughtBy: ['hs-argument-borders'],
    controls: {
      reviewStartEntry: showing(({ command, args, env }) => {
        const write = (text: string): string => text.replaceAll(INVISIBLE, escaped);
        const blanks = (text: string): string =>
          text.replaceAll(/ {2,}/g, (run) => `(${run.length} blanks)`);
        const variables = Object.entries(env).map(
          ([name, value]) => `${write(name)}=${write(value)}`,
        );
        return `${blanks([command, ...args].map(write).join(' '))}\nwith ${blanks(variables.join(', '))}`;
      }),
    },
  },
  {
    name: 'quotes-inside-quotes',
    mistake: 'Each text stands in quotation marks, and those inside it look like them.',
    caughtBy: ['hs-argument-borders'],
    controls: {
      reviewStartEntry: showing(({ command, args, env }) => {
        const write = (text: string): string =>
          `"${shown(text).slice(1, -1).replaceAll('\\"', '"')}"`;
        const list = [command, ...args].map(write).join(', ');
        return `${list}\n${inLines(shown)({ command: '', args: [], env })}`;
      }),
    },
  },
  {
    name: 'escapes-like-letters',
    mistake: 'A character that is escaped looks like one that somebody has written down escaped.',
    caughtBy: ['hs-argument-borders'],
    controls: {
      reviewStartEntry: showing(inLines((text) => shown(text).replaceAll('\\\\', '\\'))),
    },
  },
  {
    name: 'secrets-are-masked',
    mistake: 'Values of variables that are called like secrets are shown as asterisks.',
    caughtBy: ['hs-cut-argument'],
    controls: {
      reviewStartEntry: showing(({ env, ...entry }) => {
        const masked = Object.entries(env).map(([name, value]) => [
          name,
          /token|secret|key|password/i.test(name) ? '***' : value,
        ]);
        return inLines(shown)({ ...entry, env: Object.fromEntries(masked) });
      }),
    },
  },
  {
    name: 'escapes-without-an-end',
    mistake: 'A character is escaped by four digits or more, and nothing says where they end.',
    caughtBy: ['hs-argument-borders'],
    controls: {
      reviewStartEntry: showing(
        inLines((text) => {
          const quoted = text.replaceAll(/["\\]/g, String.raw`\$&`);
          const hidden = /[^\x20-\x7e]|(?<= ) | (?= )/gu;
          const digits = (one: string) => one.codePointAt(0)?.toString(16).padStart(4, '0');
          return `"${quoted.replaceAll(hidden, (one) => `\\u${digits(one)}`)}"`;
        }),
      ),
    },
  },
  {
    name: 'names-have-no-quotes',
    mistake: 'Values are quoted, and names of variables stand as they are.',
    caughtBy: ['hs-argument-borders'],
    controls: {
      reviewStartEntry: showing(({ command, args, env }) => {
        const variables = Object.entries(env).map(
          ([name, value]) => `${name.replaceAll(INVISIBLE, escaped)}=${shown(value)}`,
        );
        return [inLines(shown)({ command, args, env: {} }), variables.join(' ')].join('\n');
      }),
    },
  },
];
