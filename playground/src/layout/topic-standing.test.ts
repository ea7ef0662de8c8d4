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
  title: 'Access tokens',
  summary: '',
  stubs: [],
  attacks: [attack('a'), attack('b')],
  uses: [],
};

it('counts blocked attacks only', () => {
  expect(standingOf(topic, { read: true, verdicts: { a: 'blocked', b: 'breached' } }).text).toBe(
    'Read, 1 of 2 blocked',
  );
});

it('is finished when every attack is blocked, and not by verdicts on attacks that are gone', () => {
  expect(standingOf(topic, { verdicts: { a: 'blocked', b: 'blocked' } }).finished).toBe(true);
  expect(standingOf(topic, { verdicts: { a: 'blocked', gone: 'blocked' } }).finished).toBe(false);
});

it('says how the topic was graded', () => {
  const grade = { passed: 3, all: 20, failed: [], at: '2026-01-01T00:00:00.000Z' };
  expect(standingOf(topic, { grade }).text).toBe('0 of 2 blocked, graded 3 of 20');
  expect(standingOf(topic, { verdicts: { a: 'blocked', b: 'blocked' }, grade }).text).toBe(
    'All attacks blocked, graded 3 of 20',
  );
});
