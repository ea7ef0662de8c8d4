import { expect, it } from 'vitest';
import type { AttackSummary, TopicSummary } from '../../lab-api.ts';
import { findAttacks } from './find-attacks.ts';

const attack = (id: string, title: string): AttackSummary => ({
  id,
  title,
  level: 'core',
  story: 'A story.',
  secureAnswer: '',
  lessonAnchor: '',
  references: [{ label: 'RFC 8725 §3.1', url: '' }],
  variants: { 'two dots': '{}' },
});
const topic = (number: string, title: string, ...attacks: AttackSummary[]): TopicSummary => ({
  slug: `${number}-topic`,
  number,
  part: 1,
  title,
  summary: '',
  stubs: [],
  questions: [],
  fastTrack: [],
  fastTrackFiles: [],
  attacks,
  uses: [],
});
const topics = [
  topic(
    '05',
    'Access tokens',
    attack('tok-expired', 'From yesterday'),
    attack('tok-none', 'Unsigned'),
  ),
  topic('09', 'Injection', attack('sql-union', 'A second query')),
];
const idsFor = (query: string): string[] =>
  findAttacks(topics, query).flatMap(({ attacks }) => attacks.map(({ id }) => id));

it('finds everything without a word, and nothing for words that occur nowhere', () => {
  expect(idsFor('  ')).toEqual(['tok-expired', 'tok-none', 'sql-union']);
  expect(findAttacks(topics, 'nowhere')).toEqual([]);
});

it('wants every word, in any case, wherever it stands', () => {
  expect(idsFor('YESTERDAY token')).toEqual(['tok-expired']);
  expect(idsFor('sql-union')).toEqual(['sql-union']);
  expect(idsFor('8725 dots 05')).toEqual(['tok-expired', 'tok-none']);
  expect(idsFor('yesterday second')).toEqual([]);
});
