import { expect, it } from 'vitest';
import type { AttackSummary, TopicSummary } from '../../lab-api.ts';
import { standingOf } from './topic-standing.ts';

const attack = (id: string): AttackSummary => ({
  id,
  title: id,
  level: 'core',
  story: '',
  secureAnswer: '',
  lessonAnchor: '',
  references: [],
  variants: {},
});

const topic: TopicSummary = {
  slug: '05-access-tokens',
  number: '05',
  part: 1,
  title: 'Access tokens',
  summary: '',
  stubs: [],
  questions: ['p', 'q'],
  fastTrack: [],
  fastTrackFiles: [],
  attacks: [attack('a'), attack('b')],
  uses: [],
};

it('counts blocked attacks only', () => {
  expect(standingOf(topic, { read: true, verdicts: { a: 'blocked', b: 'breached' } }).text).toBe(
    'Opened, 1 of 2 blocked',
  );
});

it('counts no stretch attacks: they go beyond the lesson', () => {
  const further: AttackSummary = { ...attack('c'), level: 'stretch' };
  const withStretch = { ...topic, attacks: [...topic.attacks, further] };
  expect(standingOf(withStretch, { verdicts: { a: 'blocked', b: 'blocked' } }).text).toBe(
    'All attacks blocked',
  );
});

it('ticks the lesson when its whole quiz was answered right', () => {
  const at = (answers: Record<string, boolean>) => standingOf(topic, { read: true, answers });
  expect(at({ p: true, q: false })).toMatchObject({
    icon: 'read',
    text: '1 of 2 answered, 0 of 2 blocked',
  });
  expect(at({ p: true, q: true })).toMatchObject({
    icon: 'works',
    text: 'Lesson done, 0 of 2 blocked',
  });
  expect(at({ p: true, gone: true }).icon).toBe('read');
});

it('shows that every attack is blocked, and not by verdicts on attacks that are gone', () => {
  const at = (gone: string) => standingOf(topic, { verdicts: { a: 'blocked', [gone]: 'blocked' } });
  expect(at('b')).toEqual({ icon: 'blocked', text: 'All attacks blocked', finished: false });
  expect(at('gone').text).toBe('1 of 2 blocked');
});

it('ticks the topic when all its checks have passed', () => {
  const grade = { passed: 20, all: 20, failed: [], at: '2026-01-01T00:00:00.000Z' };
  expect(standingOf(topic, { grade, verdicts: { a: 'blocked', b: 'blocked' } })).toEqual({
    icon: 'works',
    text: 'Solved',
    finished: true,
  });
  expect(standingOf(topic, { grade, answers: { p: true, q: true } }).text).toBe(
    'Lesson done, solved',
  );
});

it('says how the topic was graded', () => {
  const grade = { passed: 3, all: 20, failed: [], at: '2026-01-01T00:00:00.000Z' };
  expect(standingOf(topic, { grade }).text).toBe('0 of 2 blocked, graded 3 of 20');
  expect(standingOf(topic, { verdicts: { a: 'blocked', b: 'blocked' }, grade }).text).toBe(
    'All attacks blocked, graded 3 of 20',
  );
});

it('counts nothing as solved while the files do not load, or are as shipped', () => {
  const grade = { passed: 20, all: 20, failed: [], at: '2026-01-01T00:00:00.000Z' };
  const known = { grade, verdicts: { a: 'blocked' as const } };
  const broken = { ...known, files: 'changed' as const, problem: 'x.ts:3: Unexpected ";"' };
  expect(standingOf(topic, broken)).toEqual({
    icon: 'notRun',
    text: 'Does not load',
    finished: false,
  });
  expect(standingOf(topic, { ...known, files: 'as-shipped' }).finished).toBe(false);
  expect(standingOf(topic, { ...known, files: 'changed' })).toMatchObject({
    text: 'Solved, saved since',
    finished: true,
  });
});
