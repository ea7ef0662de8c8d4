import { createHash } from 'node:crypto';
import type {
  ReviewStartEntry,
  StartEntry,
  StartWarning,
} from '../../exercises/weather-server/controls.ts';

/** What every local server gets, asked or not (the SDK's `getDefaultEnvironment` on POSIX). */
const FOR_EVERYBODY = new Set(['HOME', 'LOGNAME', 'PATH', 'SHELL', 'TERM', 'USER']);

/**
 * Reviews how a local server is started (MCP, Security Best Practices: Local MCP Server Compromise).
 * What was approved is known by a SHA-256 of command, arguments and variables, each with its borders;
 * the order of variables is no difference. Whatever else changed is asked about again.
 *
 * The user sees all of it, one text a line, and nothing of it as it would look: see `shown`. Warnings
 * are for what a reader might pass over. They are few, and never for nothing, or nobody reads them.
 *
 * Does NOT judge what the program does. An approved entry without a pinned version starts something
 * else tomorrow, and says so by a warning only.
 */
export const reviewStartEntry: ReviewStartEntry = (entry, approved) => {
  const { command, args = [] } = entry;
  const env = Object.entries(entry.env ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const approval = createHash('sha256')
    .update(JSON.stringify([command, args, env]))
    .digest('base64url');
  const words = [command, ...args];
  const warnings: [StartWarning, boolean][] = [
    ['changed', approved !== undefined && approved !== approval],
    ['unpinned', runsUnpinnedPackage(words)],
    ['inline-code', givesProgram(words)],
    ['secrets', handsOverVariables(entry)],
  ];
  return {
    mayStart: approved === approval,
    text: [
      `Program: ${shown(command)}`,
      ...args.map((argument, index) => `Argument ${index + 1}: ${shown(argument)}`),
      ...env.map(([name, value]) => `Variable ${shown(name)}: ${shown(value)}`),
    ].join('\n'),
    warnings: warnings.flatMap(([warning, applies]) => (applies ? [warning] : [])),
    approval,
  };
};

function handsOverVariables({ args = [], env = {} }: StartEntry): boolean {
  const texts = [...args, ...Object.values(env)];
  return texts.some((text) =>
    Array.from(text.matchAll(/\$\{(\w+)\}/g), ([, name = '']) => name).some(
      (name) => !FOR_EVERYBODY.has(name),
    ),
  );
}

/** Letters, digits, marks, signs; and of these what has a form on the screen. */
const SEEN = /^(?![\p{Default_Ignorable_Code_Point}\u2800\ufffc])[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u;

/**
 * A text in quotation marks, with nothing in it that cannot be seen, turns what follows around, or
 * pushes it out of sight: all that is escaped, and so are blanks unless one stands alone between two
 * others. Two different texts are never shown alike, which is why the backslash is escaped as well.
 */
export function shown(text: string): string {
  const escaped = text.replaceAll(/(?<=\S) (?=\S)|([^])\1*/gu, (run, repeated?: string) => {
    if (repeated === undefined) return run;
    if (repeated === '"' || repeated === '\\') return run.replaceAll(/["\\]/g, String.raw`\$&`);
    if (SEEN.test(repeated)) return run;
    const code = repeated.codePointAt(0)?.toString(16);
    const times = run.length / repeated.length;
    return times === 1 ? `\\u{${code}}` : `\\u{${code}, ${times} times}`;
  });
  return `"${escaped}"`;
}

// ---------------------------------------------------- programs that start others

/** `/usr/bin/python3.12` and `C:\…\npx.cmd` are python and npx. */
const programOf = (word: string): string =>
  (word.split(/[\\/]/).at(-1) ?? '')
    .toLowerCase()
    .replace(/\.(?:exe|cmd|bat|ps1)$/, '')
    .replace(/^(python|pypy)[\d.]*$/, '$1');

/** Programs that fetch a package and run it, with the words that make them. */
const RUNNERS = [
  ['npx'],
  ['npm', 'exec'],
  ['npm', 'x'],
  ['pnpx'],
  ['pnpm', 'dlx'],
  ['yarn', 'dlx'],
  ['bunx'],
  ['bun', 'x'],
  ['uvx'],
  ['uv', 'tool', 'run'],
  ['pipx', 'run'],
];

/** `name@1.2.3`, `@scope/name@1.2.3-beta.1`, `name==1.2`, `name[extra]==2026.1`. */
const PINNED =
  /^(?:@[\w.-]+\/)?[\w.-]+(?:\[[\w,.-]+\])?(?:@v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?|==\d+(?:\.\d+)*\w*)$/;

/** Wherever in the line it stands: `cmd /c npx …`, `env A=b uvx …`. */
export const runsUnpinnedPackage = (words: readonly string[]): boolean =>
  words.some((_, index) =>
    RUNNERS.some((runner) => {
      const rest = behindRunner(words.slice(index), runner);
      return rest !== undefined && !packagesOf(rest, runner[0]).every((name) => PINNED.test(name));
    }),
  );

/** Options may stand between its words: `pnpm --silent dlx …`. Undefined: it is another program. */
function behindRunner(
  [first = '', ...rest]: readonly string[],
  [program, ...parts]: string[],
): readonly string[] | undefined {
  if (programOf(first) !== program) return undefined;
  for (const part of parts) {
    const next = rest.findIndex((word) => !word.startsWith('-'));
    if (rest[next] !== part) return undefined;
    rest = rest.slice(next + 1);
  }
  return rest;
}

/** By the runner: options that name the package in place of the first word, and others beside it. */
const NAMING: Record<string, { instead: RegExp; beside?: RegExp }> = {
  uv: { instead: /^--from$/, beside: /^--with$/ },
  uvx: { instead: /^--from$/, beside: /^--with$/ },
  pipx: { instead: /^--spec$/ },
};
const OF_NODE: (typeof NAMING)[string] = { instead: /^(?:--package|-p)$/ };

/** Others that have their value in the word behind them. */
const OTHERS_WITH_VALUE =
  /^(?:-p|-i|-w|--(?:python|(?:default-|extra-)?index(?:-url)?|registry|prefix|cache|cache-dir|userconfig|directory|project|env-file|workspace))$/;

/** Up to the first word that is no option: what comes behind is for the package that runs. */
function packagesOf(words: readonly string[], runner = ''): string[] {
  const { instead, beside } = NAMING[runner] ?? OF_NODE;
  const named: string[] = [];
  const added: string[] = [];
  let first = '';
  for (let index = 0; index < words.length && first === ''; index++) {
    const [option = '', value] = (words[index] ?? '').split(/=(.*)/s);
    if (!option.startsWith('-')) first = words[index] ?? '';
    else if (instead.test(option)) named.push(value ?? words[++index] ?? '');
    else if (beside?.test(option)) added.push(...(value ?? words[++index] ?? '').split(','));
    else if (value === undefined && OTHERS_WITH_VALUE.test(option)) index++;
  }
  return [...(named.length > 0 ? named : [first]), ...added];
}

/** Options behind which there is a program, by whoever reads it. */
const PROGRAM_OPTIONS: [programs: string[], option: RegExp][] = [
  [['sh', 'bash', 'dash', 'zsh', 'ksh', 'fish', 'ash'], /^-[a-z]*c$/],
  [['cmd'], /^\/[ck]$/i],
  [['powershell', 'pwsh'], /^[-/](?:c|command|e|ec|en[a-z]*)$/i],
  [['node', 'bun', 'deno'], /^(?:-e|-p|-pe|--eval|--print|eval)(?:=|$)/],
  [['python', 'pypy'], /^-[A-Za-z]*c/],
  [['perl', 'ruby'], /^-[a-zA-Z]*e/],
  [['php'], /^-r/],
  [['npx', 'npm'], /^(?:-c|--call)(?:=|$)/],
];

/** Options that have their value in the word behind them; and one that ends all options. */
const WITH_VALUE = /^(?:-r|--require|--import|--loader|-C|--conditions|-W|-X)$/;

export const givesProgram = (words: readonly string[]): boolean =>
  words.some((word, index) =>
    PROGRAM_OPTIONS.some(
      ([programs, option]) =>
        programs.includes(programOf(word)) && hasOption(words.slice(index + 1), option),
    ),
  );

/** Before the first word that is no option: what comes behind is for the program that runs. */
function hasOption(words: readonly string[], option: RegExp): boolean {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (option.test(word)) return true;
    if (WITH_VALUE.test(word)) index++;
    else if (word === '-m' || !/^[-/]/.test(word)) return false;
  }
  return false;
}
