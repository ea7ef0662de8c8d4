import { expect, it } from 'vitest';
import type { Command, CommandKind } from './command.ts';
import { rankCommands } from './rank-commands.ts';

const command = (kind: CommandKind, title: string, more = ''): Command => ({
  id: `${kind} ${title}`,
  kind,
  title,
  detail: '',
  text: `${title}\n${more}`.toLowerCase(),
  does: { href: '#/' },
});
const commands = [
  command('page', 'Bursts against the limit'),
  command('topic', '10 Rate limits', 'sixty calls'),
  command('action', 'Light theme'),
  command('section', 'What to count under', '10 rate limits'),
  command('section', 'A limit that holds'),
  command('attack', 'Rate by rate', 'a story'),
  command('attack', 'Unlimited names'),
  command('use', 'Sixty calls `pass`'),
];
const found = (query: string): string[] => rankCommands(commands, query).map(({ title }) => title);

it('shows pages, topics and actions until something is typed', () => {
  expect(found(' ')).toEqual(['Bursts against the limit', '10 Rate limits', 'Light theme']);
});

it('prefers the beginning of a title, the number of a topic aside', () => {
  expect(found('rate')).toEqual(['10 Rate limits', 'Rate by rate', 'What to count under']);
});

it('prefers words that begin with what was typed, then words that hold it', () => {
  expect(found('limit')).toEqual([
    'Bursts against the limit',
    '10 Rate limits',
    'A limit that holds',
    'Unlimited names',
    'What to count under',
  ]);
});

it('wants every word, in any order and case, code included', () => {
  expect(found('PASS sixty')).toEqual(['Sixty calls `pass`']);
  expect(found('sixty')).toEqual(['Sixty calls `pass`', '10 Rate limits']);
  expect(found('rate nowhere')).toEqual([]);
});
