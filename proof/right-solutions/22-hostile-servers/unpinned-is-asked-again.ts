import { createHmac, randomBytes } from 'node:crypto';
import type { ReviewStartEntry, StartWarning } from '../../../exercises/weather-server/controls.ts';
import { shown } from '../../../solutions/22-hostile-servers/start-entry.ts';

export const idea =
  'Commands are read word by word with tables, and what has no version is asked about at each start.';

const key = randomBytes(32);

const RUNNERS = ['npx', 'bunx', 'uvx', 'npm exec', 'pnpm dlx', 'yarn dlx', 'pipx run'];
const PROGRAMS: Record<string, string[]> = {
  sh: ['-c', '-lc'],
  bash: ['-c', '-lc'],
  zsh: ['-c', '-lc'],
  cmd: ['/c', '/k'],
  powershell: ['-command', '-c', '-encodedcommand'],
  pwsh: ['-command', '-c', '-encodedcommand'],
  node: ['-e', '--eval', '-p', '--print'],
  python: ['-c'],
};
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
    const two = `${name} ${rest[0]}`;
    if (RUNNERS.includes(name) && !isPinned(rest)) found.add('unpinned');
    if (RUNNERS.includes(two) && !isPinned(rest.slice(1))) found.add('unpinned');
    for (const option of rest) {
      if (!/^[-/]/.test(option) || option === '-m') break;
      const [bare = ''] = option.toLowerCase().split('=');
      if (PROGRAMS[name]?.includes(bare)) found.add('inline-code');
    }
  }
  return found;
}

function isPinned(words: string[]): boolean {
  const option = words.find((word) => word.startsWith('--package='));
  const name = option?.slice('--package='.length) ?? words.find((word) => !word.startsWith('-'));
  return name !== undefined && /.(@|==)\d+\.\d+\.\d+(-[\w.]+)?$/.test(name);
}

export const reviewStartEntry: ReviewStartEntry = ({ command, args = [], env = {} }, approved) => {
  const variables = new Map(Object.entries(env).toSorted((a, b) => (a[0] < b[0] ? -1 : 1)));
  const texts = [...args, ...variables.values()];
  const lengths = [command, ...args].map((word) => `${word.length}:${word}`).join('');
  const hmac = createHmac('sha256', key).update(lengths);
  for (const [name, value] of variables)
    hmac.update(`|${name.length}:${name}=${value.length}:${value}`);
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
