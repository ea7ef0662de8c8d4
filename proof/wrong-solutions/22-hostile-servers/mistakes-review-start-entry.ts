import { createHash } from 'node:crypto';
import type {
  ReviewStartEntry,
  StartEntry,
  StartWarning,
} from '../../../exercises/weather-server/controls.ts';
import { reviewStartEntry as rightly } from '../../../solutions/22-hostile-servers/start-entry.ts';
import type { Mistake } from '../../solutions.ts';

type Whole = Required<StartEntry>;

/** The right review, which knows an entry by something else. */
const knowingBy =
  (identity: (entry: Whole) => unknown): ReviewStartEntry =>
  (entry, approved) => {
    const text = JSON.stringify(identity({ args: [], env: {}, ...entry }));
    const approval = createHash('sha256').update(text).digest('hex');
    const { text: shown, warnings } = rightly(entry, undefined);
    const hasChanged = approved !== undefined && approved !== approval;
    return {
      mayStart: approved === approval,
      text: shown,
      warnings: hasChanged ? ['changed', ...warnings] : warnings,
      approval,
    };
  };
const sorted = (env: Whole['env']): [string, string][] =>
  Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1));

/** The right review, but for one warning. */
const warning =
  (
    name: StartWarning,
    applies: (entry: Whole, approved: string | undefined) => boolean,
  ): ReviewStartEntry =>
  (entry, approved) => {
    const review = rightly(entry, approved);
    const others = review.warnings.filter((one) => one !== name);
    const isGiven = applies({ args: [], env: {}, ...entry }, approved);
    return { ...review, warnings: isGiven ? [...others, name] : others };
  };

/** Whether the reference would warn of another entry. */
const warnsOf = (name: StartWarning, entry: StartEntry): boolean =>
  rightly(entry, undefined).warnings.includes(name);

const isPinnedPackage = ({ command, args = [], env }: StartEntry): boolean =>
  command === 'npx' &&
  env === undefined &&
  args.length === 2 &&
  /^[\w@/-]+@\d+\.\d+\.\d+$/.test(args[1] ?? '');

const textsOf = ({ args, env }: Whole): string[] => [...args, ...Object.values(env)];

export const mistakes: Mistake[] = [
  {
    name: 'a-pinned-package-is-harmless',
    mistake: 'A package with a version starts without a question, whosever it is.',
    caughtBy: ['hs-start-unasked'],
    controls: {
      reviewStartEntry: (entry, approved) => {
        const review = rightly(entry, approved);
        const mayStart = review.mayStart || (approved === undefined && isPinnedPackage(entry));
        return { ...review, mayStart };
      },
    },
  },
  {
    name: 'no-warning-no-question',
    mistake: 'Who has nothing to be warned of is not asked at all.',
    caughtBy: [
      'hs-start-unasked',
      'hs-invisible-argument',
      'hs-cut-argument',
      'hs-argument-borders',
      'hs-changed-entry',
    ],
    controls: {
      reviewStartEntry: (entry, approved) => {
        const review = rightly(entry, approved);
        return { ...review, mayStart: review.mayStart || review.warnings.length === 0 };
      },
    },
  },
  {
    name: 'approved-by-name',
    mistake: 'What was approved once under this name starts, whatever it is by now.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: (entry, approved) => ({
        ...rightly(entry, approved),
        mayStart: approved !== undefined,
      }),
    },
  },
  {
    name: 'known-by-command-and-arguments',
    mistake: 'A change of a variable is no change.',
    caughtBy: ['hs-changed-entry'],
    controls: { reviewStartEntry: knowingBy(({ command, args }) => [command, args]) },
  },
  {
    name: 'known-by-its-words',
    mistake: 'Words are joined before they are hashed, and their borders are lost.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) => [
        [command, ...args].join(' '),
        sorted(env),
      ]),
    },
  },
  {
    name: 'joined-by-commas',
    mistake: 'A list of arguments is hashed as the text that it turns into.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) => [command, String(args), sorted(env)]),
    },
  },
  {
    name: 'arguments-in-any-order',
    mistake: 'Arguments are sorted like variables, though their order means something.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) => [
        command,
        [...args].sort(),
        sorted(env),
      ]),
    },
  },
  {
    name: 'small-letters',
    mistake: 'Capitals and small letters are taken for the same.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) =>
        JSON.stringify([command, args, sorted(env)]).toLowerCase(),
      ),
    },
  },
  {
    name: 'compatible-letters',
    mistake: 'Letters that look alike are made the same before they are compared.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) =>
        JSON.stringify([command, args, sorted(env)]).normalize('NFKC'),
      ),
    },
  },
  {
    name: 'trimmed',
    mistake: 'Blanks at the ends are no difference.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) => [
        command,
        args.map((argument) => argument.trim()),
        sorted(env),
      ]),
    },
  },
  {
    name: 'names-and-values-apart',
    mistake: 'Names and values of variables are hashed, and not which belongs to which.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) => [
        command,
        args,
        Object.keys(env).sort(),
        Object.values(env).sort(),
      ]),
    },
  },
  {
    name: 'eight-letters-of-a-hash',
    mistake: 'So little of the hash is kept that an entry with the same beginning is soon found.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: (entry, approved) => {
        const { approval } = rightly(entry, undefined);
        const isSame = approved === approval.slice(0, 8);
        const review = rightly(entry, isSame ? approval : approved);
        return { ...review, approval: approval.slice(0, 8) };
      },
    },
  },
  {
    name: 'nothing-is-said-of-the-change',
    mistake: 'A changed entry is asked about as if it were new.',
    caughtBy: ['hs-changed-entry'],
    controls: { reviewStartEntry: warning('changed', () => false) },
  },
  {
    name: 'known-by-its-text',
    mistake: 'Another order of variables is a change, it seems.',
    caughtBy: ['hs-starts-what-was-approved'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) => [command, args, env]),
    },
  },
  {
    name: 'none-is-not-empty',
    mistake: 'A list that is empty is not the same as none, it seems.',
    caughtBy: ['hs-starts-what-was-approved'],
    controls: {
      reviewStartEntry: (entry, approved) =>
        knowingBy(({ command, args, env }) => [
          command,
          args,
          sorted(env),
          entry.args === undefined,
          entry.env === undefined,
        ])(entry, approved),
    },
  },
  {
    name: 'once-changed-for-ever',
    mistake: 'What has changed once is asked about for ever.',
    caughtBy: ['hs-starts-what-was-approved'],
    controls: {
      reviewStartEntry: (entry, approved) => {
        const review = rightly(entry, approved?.replace(/^again-/, ''));
        if (review.warnings.includes('changed')) {
          return { ...review, approval: `again-${review.approval}` };
        }
        return { ...review, mayStart: review.mayStart && !approved?.startsWith('again-') };
      },
    },
  },
  {
    name: 'npx-only',
    mistake: 'Of the programs that fetch packages, only npx is known.',
    caughtBy: ['hs-unpinned-package'],
    controls: {
      reviewStartEntry: warning(
        'unpinned',
        (entry) =>
          [entry.command, ...entry.args].join(' ').includes('npx') && warnsOf('unpinned', entry),
      ),
    },
  },
  {
    name: 'an-at-is-a-version',
    mistake: 'A package is taken to be pinned if there is an @ in its name.',
    caughtBy: ['hs-unpinned-package'],
    controls: {
      reviewStartEntry: warning(
        'unpinned',
        (entry) => warnsOf('unpinned', entry) && !entry.args.some((word) => word.includes('@')),
      ),
    },
  },
  {
    name: 'ranges-are-versions',
    mistake: 'A range is taken for a version.',
    caughtBy: ['hs-unpinned-package'],
    controls: {
      reviewStartEntry: warning(
        'unpinned',
        (entry) =>
          warnsOf('unpinned', entry) && !entry.args.some((word) => /@[~^]?\d|>=/.test(word)),
      ),
    },
  },
  {
    name: 'runners-by-their-whole-name',
    mistake: 'A program is not known behind its path, or with an ending.',
    caughtBy: ['hs-unpinned-package'],
    controls: {
      reviewStartEntry: warning(
        'unpinned',
        (entry) => warnsOf('unpinned', entry) && !/[\\/]/.test(entry.command),
      ),
    },
  },
  {
    name: 'runners-in-front-only',
    mistake: 'A runner that another program starts is not seen.',
    caughtBy: ['hs-unpinned-package'],
    controls: {
      reviewStartEntry: warning(
        'unpinned',
        (entry) => warnsOf('unpinned', entry) && !['cmd', 'env'].includes(entry.command),
      ),
    },
  },
  {
    name: 'no-runner-is-pinned',
    mistake: 'Whoever uses a runner is warned, whatever version they name.',
    caughtBy: ['hs-warns-for-nothing'],
    controls: {
      reviewStartEntry: warning(
        'unpinned',
        (entry) => warnsOf('unpinned', entry) || /npx$|uvx|pipx|npm/.test(entry.command),
      ),
    },
  },
  {
    name: 'versions-of-numbers-only',
    mistake: 'A version with a word behind it is taken for none.',
    caughtBy: ['hs-warns-for-nothing'],
    controls: {
      reviewStartEntry: warning(
        'unpinned',
        (entry) =>
          warnsOf('unpinned', entry) || entry.args.some((word) => word.endsWith('-beta.1')),
      ),
    },
  },
  {
    name: 'changed-from-nothing',
    mistake: 'An entry that is new is said to have changed.',
    caughtBy: ['hs-warns-for-nothing'],
    controls: {
      reviewStartEntry: warning(
        'changed',
        (entry, approved) => approved !== rightly(entry, approved).approval,
      ),
    },
  },
  {
    name: 'shells-of-one-system',
    mistake: 'Only the shells of POSIX are known.',
    caughtBy: ['hs-inline-code'],
    controls: {
      reviewStartEntry: warning(
        'inline-code',
        (entry) => warnsOf('inline-code', entry) && !/cmd|pwsh|powershell/.test(entry.command),
      ),
    },
  },
  {
    name: 'interpreters-are-no-shells',
    mistake: 'A program in an argument of node or python is not seen.',
    caughtBy: ['hs-inline-code'],
    controls: {
      reviewStartEntry: warning(
        'inline-code',
        (entry) => warnsOf('inline-code', entry) && !/node|python/.test(entry.command),
      ),
    },
  },
  {
    name: 'the-first-argument-only',
    mistake: 'The option that brings a program is looked for in one place.',
    caughtBy: ['hs-inline-code'],
    controls: {
      reviewStartEntry: warning('inline-code', ({ command, args }) =>
        warnsOf('inline-code', { command, args: args.slice(0, 1) }),
      ),
    },
  },
  {
    name: 'one-option-a-word',
    mistake: 'Several options in one word, and a value in the same word, are not read.',
    caughtBy: ['hs-inline-code'],
    controls: {
      reviewStartEntry: warning('inline-code', (entry) => {
        const args = entry.args.filter((word) => !/^-lc$|^--eval=/.test(word));
        return warnsOf('inline-code', { ...entry, args });
      }),
    },
  },
  {
    name: 'minus-c-anywhere',
    mistake: 'An option is taken for a program’s wherever it stands, and whosever it is.',
    caughtBy: ['hs-warns-for-nothing'],
    controls: {
      reviewStartEntry: warning(
        'inline-code',
        (entry) => warnsOf('inline-code', entry) || entry.args.some((word) => /^-[ce]$/.test(word)),
      ),
    },
  },
  {
    name: 'secrets-by-the-name-they-get',
    mistake: 'What a variable is called for the server says whether it is a secret, it seems.',
    caughtBy: ['hs-handed-over-secrets'],
    controls: {
      reviewStartEntry: warning('secrets', (entry) => {
        const env = Object.entries(entry.env).filter(([name]) => /TOKEN|KEY|SECRET/.test(name));
        return warnsOf('secrets', { ...entry, env: Object.fromEntries(env) });
      }),
    },
  },
  {
    name: 'arguments-hold-no-secrets',
    mistake: 'Variables are looked for in the environment, and not in arguments.',
    caughtBy: ['hs-handed-over-secrets'],
    controls: {
      reviewStartEntry: warning('secrets', (entry) => warnsOf('secrets', { ...entry, args: [] })),
    },
  },
  {
    name: 'whole-values-only',
    mistake: 'A variable inside a longer text is not seen.',
    caughtBy: ['hs-handed-over-secrets'],
    controls: {
      reviewStartEntry: warning('secrets', ({ command, args, env }) => {
        const whole = [...args, ...Object.values(env)].filter((text) => /^\$\{\w+\}$/.test(text));
        return warnsOf('secrets', { command, args: whole });
      }),
    },
  },
  {
    name: 'the-first-variable-only',
    mistake: 'Of several variables in a text, the first is looked at.',
    caughtBy: ['hs-handed-over-secrets'],
    controls: {
      reviewStartEntry: warning('secrets', ({ command, args, env }) =>
        [...args, ...Object.values(env)].some((text) => {
          const first = /\$\{\w+\}/.exec(text)?.[0] ?? '';
          return warnsOf('secrets', { command, args: [first] });
        }),
      ),
    },
  },
  {
    name: 'every-dollar-is-a-secret',
    mistake: 'A dollar sign is taken for a variable.',
    caughtBy: ['hs-warns-for-nothing'],
    controls: {
      reviewStartEntry: warning('secrets', ({ args, env }) =>
        [...args, ...Object.values(env)].some((text) => text.includes('$')),
      ),
    },
  },
  {
    name: 'nobody-gets-a-home',
    mistake: 'Variables that every server gets are warned of as well.',
    caughtBy: ['hs-warns-for-nothing'],
    controls: {
      reviewStartEntry: warning('secrets', ({ args, env }) =>
        [...args, ...Object.values(env)].some((text) => /\$\{\w+\}/.test(text)),
      ),
    },
  },
  {
    name: 'empty-arguments-are-none',
    mistake: 'Arguments that are empty are left out of what is remembered.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) => [
        command,
        args.filter((one) => one !== ''),
        sorted(env),
      ]),
    },
  },
  {
    name: 'secrets-may-change',
    mistake: 'Values of variables that are called like secrets are not remembered.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) => [
        command,
        args,
        sorted(env).map(([name, value]) => [
          name,
          /token|secret|key|password/i.test(name) ? '' : value,
        ]),
      ]),
    },
  },
  {
    name: 'one-spelling-of-a-letter',
    mistake: 'Texts are normalized (NFC) before they are remembered.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) =>
        JSON.stringify([command, args, sorted(env)]).normalize(),
      ),
    },
  },
  {
    name: 'name-equals-value',
    mistake: 'A variable is remembered as its name, an equals sign and its value.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) => [
        command,
        args,
        sorted(env).map((pair) => pair.join('=')),
      ]),
    },
  },
  {
    name: 'copied-into-an-object',
    mistake: 'Variables are copied one by one into a new object, which knows one of the names.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) => {
        const copy: Record<string, string> = {};
        for (const [name, value] of sorted(env)) copy[name] = value;
        return [command, args, copy];
      }),
    },
  },
  {
    name: 'halves-are-all-alike',
    mistake: 'Texts are remembered as UTF-8, in which half a character is any half.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) =>
        [command, ...args, '', ...sorted(env).flat()].map((text) =>
          Buffer.from(text).toString('hex'),
        ),
      ),
    },
  },
  {
    name: 'an-order-of-readers',
    mistake: 'Variables are put in an order that takes some of them for the same.',
    caughtBy: ['hs-starts-what-was-approved'],
    controls: {
      reviewStartEntry: knowingBy(({ command, args, env }) => [
        command,
        args,
        Object.entries(env).sort(([a], [b]) => a.localeCompare(b, 'en', { sensitivity: 'base' })),
      ]),
    },
  },
  {
    name: 'twenty-four-digits-of-hex',
    mistake: 'Of the hash, 24 digits are kept: they are 96 bits.',
    caughtBy: ['hs-changed-entry'],
    controls: {
      reviewStartEntry(entry, approved) {
        const { approval: whole } = rightly(entry, undefined);
        const approval = Buffer.from(whole, 'base64url').toString('hex').slice(0, 24);
        const review = rightly(entry, approved === approval ? whole : approved);
        return { ...review, approval };
      },
    },
  },
  {
    name: 'versions-by-their-beginning',
    mistake: 'A version that begins like an exact one is exact.',
    caughtBy: ['hs-unpinned-package'],
    controls: {
      reviewStartEntry: warning('unpinned', (entry) =>
        warnsOf('unpinned', {
          ...entry,
          args: entry.args.map((one) => one.replace(/(@\d+\.\d+\.\d+) .*/, '$1')),
        }),
      ),
    },
  },
  {
    name: 'the-first-package-only',
    mistake: 'Of several packages the first is looked at.',
    caughtBy: ['hs-unpinned-package'],
    controls: {
      reviewStartEntry: warning('unpinned', (entry) => {
        const first = entry.args.indexOf('-p');
        const args = entry.args.filter((one, index) => index <= first + 1 || !/^-p$/.test(one));
        return warnsOf('unpinned', { ...entry, args });
      }),
    },
  },
  {
    name: 'what-is-added-is-no-package',
    mistake: 'What uvx adds to the package is not looked at.',
    caughtBy: ['hs-unpinned-package'],
    controls: {
      reviewStartEntry: warning('unpinned', (entry) => {
        const at = entry.args.indexOf('--with');
        const args = entry.args.filter((_, index) => at < 0 || index < at || index > at + 1);
        return warnsOf('unpinned', { ...entry, args });
      }),
    },
  },
  {
    name: 'programs-in-small-letters',
    mistake: 'Programs are known in small letters only.',
    caughtBy: ['hs-unpinned-package', 'hs-inline-code'],
    controls: {
      reviewStartEntry(entry, approved) {
        const review = rightly(entry, approved);
        const isKnown = !/[A-Z]/.test(entry.command.split(/[\\/]/).at(-1) ?? '');
        const named = ['unpinned', 'inline-code'];
        const warnings = review.warnings.filter((one) => isKnown || !named.includes(one));
        return { ...review, warnings };
      },
    },
  },
  {
    name: 'the-word-behind-the-program',
    mistake: 'The word that makes npm or pnpm run a package has to be the first.',
    caughtBy: ['hs-unpinned-package'],
    controls: {
      reviewStartEntry: warning(
        'unpinned',
        (entry) =>
          warnsOf('unpinned', entry) &&
          !(/^p?npm$/.test(entry.command) && entry.args[0]?.startsWith('-')),
      ),
    },
  },
  {
    name: 'one-letter-a-dash-for-python',
    mistake: 'Of python, `-c` is known if it stands alone.',
    caughtBy: ['hs-inline-code'],
    controls: {
      reviewStartEntry: warning(
        'inline-code',
        (entry) =>
          warnsOf('inline-code', entry) &&
          (!entry.command.includes('python') || entry.args.includes('-c')),
      ),
    },
  },
  {
    name: 'beginning-like-a-harmless-one',
    mistake: 'A variable is harmless whose name begins like one that everybody gets.',
    caughtBy: ['hs-handed-over-secrets'],
    controls: {
      reviewStartEntry: warning('secrets', (entry) =>
        textsOf(entry).some((text) => /\$\{(?!HOME|LOGNAME|PATH|SHELL|TERM|USER)\w+\}/.test(text)),
      ),
    },
  },
  {
    name: 'capitals-only',
    mistake: 'Names of variables are capitals and underscores.',
    caughtBy: ['hs-handed-over-secrets'],
    controls: {
      reviewStartEntry: warning('secrets', (entry) =>
        warnsOf('secrets', {
          command: '',
          args: textsOf(entry).map((text) => text.replaceAll(/\$\{(?![A-Z_]+\})/g, '')),
        }),
      ),
    },
  },
  {
    name: 'variables-or-else-arguments',
    mistake: 'Where there are variables, arguments are not looked at.',
    caughtBy: ['hs-handed-over-secrets'],
    controls: {
      reviewStartEntry: warning('secrets', (entry) =>
        warnsOf('secrets', Object.keys(entry.env).length > 0 ? { ...entry, args: [] } : entry),
      ),
    },
  },
  {
    name: 'a-pattern-that-remembers',
    mistake: 'The pattern has the flag `g`, and goes on where it was the last time.',
    caughtBy: ['hs-handed-over-secrets'],
    controls: () => {
      const secret = /\$\{(?!(?:HOME|LOGNAME|PATH|SHELL|TERM|USER)\})\w+\}/g;
      return {
        reviewStartEntry: warning('secrets', (entry) =>
          textsOf(entry).some((text) => secret.test(text)),
        ),
      };
    },
  },
];
