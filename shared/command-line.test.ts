import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommandProblem, readCommandLine, refuseWords } from './command-line.ts';

const USAGE = 'Usage: npm run feed -- animal [--twice]';
let said: string[];
let complained: string[];

beforeEach(() => {
  said = [];
  complained = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void complained.push(line));
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
});
afterEach(() => vi.restoreAllMocks());

function feed(...words: string[]): string {
  process.argv.splice(2, Infinity, ...words);
  return readCommandLine(
    USAGE,
    { twice: { type: 'boolean', default: false } },
    ({ twice }, named) => {
      if (named[0] === 'cat') throw new CommandProblem('The cat has eaten. Come back at six.');
      if (named[0] === undefined) throw new Error('Feed whom?');
      return `${named.join(' and ')}${twice ? ', twice' : ''}`;
    },
  );
}

test('gives options and words to whoever makes sense of them', () =>
  expect(feed('dog', '--twice', 'fish')).toBe('dog and fish, twice'));

test.each(['--help', '-h'])('%s says how the command is used, and ends with 0', (help) => {
  expect(() => feed(help)).toThrow('exit 0');
  expect([said, complained]).toEqual([[USAGE], []]);
});

test.each([[[]], [['dog', '--thrice']], [['dog', '--twice=2']]])(
  'what is not understood is said above the usage, and ends with 2: %j',
  (words) => {
    expect(() => feed(...words)).toThrow('exit 2');
    expect(complained).toHaveLength(1);
    expect(complained[0]).toMatch(/.+\n\nUsage: npm run feed/s);
  },
);

test('a message that says it all is said alone', () => {
  expect(() => feed('cat')).toThrow('exit 2');
  expect(complained).toEqual(['The cat has eaten. Come back at six.']);
});

test('a command of options alone takes no words', () => {
  expect(() => refuseWords([])).not.toThrow();
  expect(() => refuseWords(['dog', 'fish'])).toThrow('“dog” is no option');
});
