import { createHmac, randomBytes } from 'node:crypto';
import type { ReviewStartEntry, StartWarning } from '../../../exercises/weather-server/controls.ts';
import { shown } from '../../../solutions/22-hostile-servers/start-entry.ts';

export const idea =
  'Commands are read word by word with tables, and what has no version is asked about at each start.';

const key = randomBytes(32);

const RUNNERS = ['npx', 'bunx', 'uvx', 'npm exec', 'pnpm dlx', 'yarn dlx', 'pipx run'];
/** By program: options in one letter, which stand behind one dash, and words. */
const PROGRAMS: Record<string, { letters?: string; words?: string[] }> = {
  sh: { letters: 'c' },
  bash: { letters: 'c' },
  zsh: { letters: 'c' },
  cmd: { words: ['/c', '/k'] },
  powershell: { words: ['-command', '-c', '-encodedcommand'] },
  pwsh: { words: ['-command', '-c', '-encodedcommand'] },
  node: { letters: 'ep', words: ['--eval', '--print'] },
  python: { letters: 'c' },
};
/** Options with a value of their own behind them. */
const VALUED = ['-W', '-X', '-r', '-C', '--require', '--import', '--conditions'];
const EVERYBODYS = ['HOME', 'LOGNAME', 'PATH', 'SHELL', 'TERM', 'USER'];

const nameOf = (word: string): string =>
  word
    .slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1)
    .toLowerCase()
    .replace(/\.(exe|cmd)$/, '')
    .replace(/^python[\d.]+$/, 'python');

function readWords(words: string[]): Set<StartWarning> {
  const found = new Set<StartWarning>();
  for (const [at, word] of words.entries()) {
    const name = nameOf(word);
    const rest = words.slice(at + 1);
    const second = rest.findIndex((next) => !next.startsWith('-'));
    const two = `${name} ${rest[second]}`;
    if (RUNNERS.includes(name) && !isPinned(rest)) found.add('unpinned');
    if (RUNNERS.includes(two) && !isPinned(rest.slice(second + 1))) found.add('unpinned');
    for (const [index, option] of rest.entries()) {
      if (VALUED.includes(rest[index - 1] ?? '')) continue;
      if (!/^[-/]/.test(option) || option === '-m') break;
      const [bare = ''] = option.toLowerCase().split('=');
      const { letters = '', words: named = [] } = PROGRAMS[name] ?? {};
      const [, together = ''] = /^-(\w*)/.exec(bare) ?? [];
      if (named.includes(bare) || Array.from(letters).some((one) => together.includes(one))) {
        found.add('inline-code');
      }
    }
  }
  return found;
}

const PINNED = /.(@|==)\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Options that name packages: in place of the first word, or beside it. */
const INSTEAD = ['--package', '-p', '--from', '--spec'];
const BESIDE = ['--with'];

function isPinned([word = '', ...rest]: string[], instead = false): boolean {
  if (!word.startsWith('-')) return instead || PINNED.test(word);
  const [option = '', value = rest[0] ?? ''] = word.split('=');
  if (![...INSTEAD, ...BESIDE].includes(option)) return isPinned(rest, instead);
  const after = word.includes('=') ? rest : rest.slice(1);
  return PINNED.test(value) && isPinned(after, instead || INSTEAD.includes(option));
}

/** Halves of characters would all be one and the same to a hash: JSON writes them as escapes. */
const measured = (text: string): string => {
  const written = JSON.stringify(text);
  return `${written.length}:${written}`;
};

export const reviewStartEntry: ReviewStartEntry = ({ command, args = [], env = {} }, approved) => {
  const variables = new Map(Object.entries(env).toSorted((a, b) => (a[0] < b[0] ? -1 : 1)));
  const texts = [...args, ...variables.values()];
  const hmac = createHmac('sha256', key).update([command, ...args].map(measured).join(''));
  for (const [name, value] of variables) hmac.update(`|${measured(name)}=${measured(value)}`);
  const approval = hmac.digest('base64url');

  const warnings = readWords([command, ...args]);
  const handed = texts.flatMap((text) => text.match(/(?<=\$\{)\w+(?=\})/g) ?? []);
  if (handed.some((name) => !EVERYBODYS.includes(name))) warnings.add('secrets');
  if (approved !== undefined && approved !== approval) warnings.add('changed');
  const list = [command, ...args].map(shown);
  const set = Array.from(variables, ([name, value]) => `  ${shown(name)}=${shown(value)}`);
  return {
    mayStart: approved === approval && !warnings.has('unpinned'),
    text: [`[${list.join(', ')}]`, ...set].join('\n'),
    warnings: [...warnings],
    approval,
  };
};
