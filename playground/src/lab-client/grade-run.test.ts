import { expect, it } from 'vitest';
import type { GradedCheck } from '../../../grader/grading/grade-result.ts';
import type { GradeStep } from '../../lab-api.ts';
import { describeGrade, describeTopicGrade } from '../checks/describe-grade.ts';
import {
  applyStep,
  beginGrade,
  breakOff,
  countChecks,
  fileSaved,
  noGradeYet,
  type GradeNow,
} from './grade-run.ts';

const SLUG = '08-city-input';
const planned = (id: string) => ({ id, kind: 'attack' as const, title: id, points: 2 });
const plan: GradeStep = {
  type: 'plan',
  topics: [{ slug: SLUG, title: 'City input', checks: [planned('a'), planned('b')] }],
};
const passed: GradedCheck = { ...planned('a'), state: 'passed', earned: 2 };
const failed: GradedCheck = {
  ...planned('b'),
  state: 'failed',
  earned: 0,
  explanation: { findings: ['It ran.'], facts: [] },
};
const check = (one: GradedCheck): GradeStep => ({ type: 'check', topic: SLUG, check: one });
const through: GradeStep = {
  type: 'topic',
  topic: {
    slug: SLUG,
    title: 'City input',
    checks: [passed, { ...failed, mistakes: ['Any name will do.'] }],
    passed: 1,
    points: 4,
    earned: 2,
  },
};

const after = (steps: GradeStep[], from = beginGrade(noGradeYet, [SLUG])): GradeNow =>
  steps.reduce(applyStep, from);
const statesIn = (now: GradeNow) => now.topics[SLUG]?.checks.map(({ state }) => state);

it('shows each check as it stands, and its mistake when the topic is through', () => {
  const running = after([plan, { type: 'running', topic: SLUG, check: 'b' }, check(passed)]);
  expect(statesIn(running)).toEqual(['passed', 'running']);
  const done = after(
    [check(failed), through, { type: 'done', passed: 1, failed: 1, points: 4, earned: 2 }],
    running,
  );
  expect(done.state).toBe('done');
  expect(done.topics[SLUG]?.checks[1]).toMatchObject({ mistakes: ['Any name will do.'] });
  expect(describeTopicGrade(done, SLUG)).toBe('1 of 2 checks passed, 1 did not: 2 of 4 points.');
  expect(describeGrade(done)).toBe('0 of 1 topics passed all of their checks.');
});

it('says of checks that were not come to that they were not run', () => {
  const stopped = breakOff(after([plan, check(passed)]));
  expect(stopped.state).toBe('stopped');
  expect(statesIn(stopped)).toEqual(['passed', 'never-ran']);
  expect(describeTopicGrade(stopped, SLUG)).toBe(
    'Stopped. 1 of 2 checks were through. Your grade stays as it was.',
  );
  const failed = breakOff(beginGrade(noGradeYet, [SLUG]), 'The lab does not answer.');
  expect(describeTopicGrade(failed, SLUG)).toBe(
    'The lab does not answer. Your grade stays as it was.',
  );
});

it('leaves a topic that is through, and one that nobody asked for, as they are', () => {
  const first = after([plan, through]);
  const second = breakOff(beginGrade(breakOff(first), ['05-access-tokens']));
  expect(statesIn(second)).toEqual(['passed', 'failed']);
  expect(applyStep(second, { type: 'running', topic: 'other', check: 'x' })).toBe(second);
});

it('knows that a file was saved since, until the next plan', () => {
  const stale = fileSaved(after([plan, through]), SLUG);
  expect(stale.topics[SLUG]?.isStale).toBe(true);
  expect(after([plan], stale).topics[SLUG]?.isStale).toBe(false);
});

it('counts checks and points', () => {
  const topic = after([plan, check(passed)]).topics[SLUG];
  expect(topic && countChecks(topic)).toEqual({
    all: 2,
    through: 1,
    passed: 1,
    failed: 0,
    points: 4,
    earned: 2,
  });
});
