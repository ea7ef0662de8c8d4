import { expect, it } from 'vitest';
import type { Progress, TopicSummary } from '../../lab-api.ts';
import { describeLoss } from './describe-loss.ts';
import { nextStep } from './next-step.ts';

const topicOf = (slug: string, title: string): TopicSummary => ({
  slug,
  number: slug.slice(0, 2),
  part: 1,
  title,
  summary: '',
  stubs: [],
  questions: ['a', 'b'],
  fastTrack: [],
  fastTrackFiles: [],
  attacks: [
    {
      id: `attack-${slug.slice(0, 2)}`,
      title: '',
      level: 'core',
      story: '',
      secureAnswer: '',
      lessonAnchor: '',
      references: [],
      variants: {},
    },
  ],
  uses: [],
});
const topics = [topicOf('01-oauth-discovery', 'OAuth discovery'), topicOf('03-pkce', 'PKCE')];
const grade = (passed: number, failed: string[] = []) => ({
  passed,
  all: 4,
  failed,
  at: '2026-01-01T09:00:00.000Z',
});
const learned = { read: true, answers: { a: true, b: true } };
const solved = { ...learned, grade: grade(4) };

it('leads through a topic, and on to the next one', () => {
  const stepOf = (progress: Progress) => nextStep(topics, progress);
  expect(stepOf({})).toEqual({
    text: 'Read 01 OAuth discovery',
    href: '#/topic/01-oauth-discovery',
  });
  expect(stepOf({ '01-oauth-discovery': { read: true, answers: { a: true } } })).toEqual({
    text: 'Answer the quiz of 01 OAuth discovery',
    href: '#/topic/01-oauth-discovery/quiz',
  });
  expect(stepOf({ '01-oauth-discovery': learned }).href).toBe('#/attack/attack-01');
  const tried = { read: true, verdicts: { 'attack-01': 'breached' as const } };
  expect(stepOf({ '01-oauth-discovery': tried })).toEqual({
    text: 'Run the checks of 01 OAuth discovery',
    href: '#/checks/01-oauth-discovery',
  });
  expect(stepOf({ '01-oauth-discovery': { ...tried, grade: grade(3, ['attack-01']) } })).toEqual({
    text: 'See why the check of 01 OAuth discovery did not pass',
    href: '#/checks/01-oauth-discovery',
  });
  expect(stepOf({ '01-oauth-discovery': solved }).text).toBe('Read 03 PKCE');
  expect(stepOf({ '01-oauth-discovery': solved, '03-pkce': solved }).href).toBe('#/whole-server');
  const skipped = { ...solved, answers: { a: true, b: false } };
  expect(stepOf({ '01-oauth-discovery': solved, '03-pkce': skipped }).text).toBe(
    'Answer the quiz of 03 PKCE',
  );
});

it('says what would be forgotten', () => {
  expect(describeLoss({ '03-pkce': { verdicts: {} } })).toBe('There is nothing in your record.');
  expect(describeLoss({ '03-pkce': { read: true } })).toMatch(/holds 1 lesson opened\./);
  expect(
    describeLoss({
      '01-oauth-discovery': solved,
      '03-pkce': {
        read: true,
        hints: 2,
        pins: [{ attack: 'attack-03', name: 'mine', payload: '1' }],
      },
    }),
  ).toMatch(/holds 2 lessons opened, 2 quiz answers, 1 grade, 2 hints seen and 1 pinned payload\./);
});
