/** What the page knows of grading: pure functions, one for each thing that can happen. */
import type { GradedCheck } from '../../../grader/grading/grade-result.ts';
import type { PlannedCheck } from '../../../grader/grading/grade-result.ts';
import type { GradeStep } from '../../lab-api.ts';

/** A check as it stands: it waits, runs, is through, or was never come to. */
export type CheckNow =
  | (PlannedCheck & { state: 'waiting' | 'running' | 'never-ran' })
  | (GradedCheck & { state: 'passed' | 'failed' });

export interface TopicNow {
  checks: CheckNow[];
  /** All checks are through, and the result is in the journal. */
  isThrough: boolean;
  /** A file of the topic was saved after the checks had begun. */
  isStale: boolean;
  /** Only the checks of the fast track were asked for. */
  onlyTrack: boolean;
  /** Mistakes that earlier grades on this page have named. */
  earlierMistakes: string[];
}

export interface GradeNow {
  /** Of the latest grade; `failed`: it broke off. */
  state: 'idle' | 'running' | 'stopped' | 'done' | 'failed';
  /** Why it broke off, as a sentence. */
  message?: string;
  /** Slugs of the latest grade. */
  asked: string[];
  /** Of the latest grade: only the checks of the fast track. */
  onlyTrack: boolean;
  /** What went wrong outside of any check. */
  problems: string[];
  /** Slug -> what its latest grade found, on this page. */
  topics: Partial<Record<string, TopicNow>>;
}

export const noGradeYet: GradeNow = {
  state: 'idle',
  asked: [],
  onlyTrack: false,
  problems: [],
  topics: {},
};

export const beginGrade = (now: GradeNow, asked: string[], onlyTrack = false): GradeNow => ({
  state: 'running',
  asked,
  onlyTrack,
  problems: [],
  topics: now.topics,
});

export function applyStep(now: GradeNow, step: GradeStep): GradeNow {
  switch (step.type) {
    case 'plan': {
      const planned = step.topics.map(({ slug, checks }): [string, TopicNow] => [
        slug,
        {
          checks: checks.map((check) => ({ ...check, state: 'waiting' })),
          isThrough: false,
          isStale: false,
          onlyTrack: now.onlyTrack,
          earlierMistakes: mistakesNamed(now.topics[slug]),
        },
      ]);
      return { ...now, topics: { ...now.topics, ...Object.fromEntries(planned) } };
    }
    case 'running':
      return changeCheck(now, step.topic, step.check, ({ id, kind, title, points }) => ({
        id,
        kind,
        title,
        points,
        state: 'running',
      }));
    case 'check':
      return changeCheck(now, step.topic, step.check.id, () => checkNow(step.check));
    case 'topic': {
      const { slug, checks } = step.topic;
      return changeTopic(now, slug, { checks: checks.map(checkNow), isThrough: true });
    }
    case 'problem':
      return { ...now, problems: [...now.problems, step.message] };
    case 'done':
      return { ...now, state: 'done' };
  }
}

/** The grade ended before it was through; nothing more is coming. */
export function breakOff(now: GradeNow, message?: string): GradeNow {
  if (now.state !== 'running') return now;
  const left = now.asked.flatMap((slug) => {
    const topic = now.topics[slug];
    return topic && !topic.isThrough ? [[slug, withoutWaiting(topic)] as const] : [];
  });
  return {
    ...now,
    ...(message === undefined ? { state: 'stopped' } : { state: 'failed', message }),
    topics: { ...now.topics, ...Object.fromEntries(left) },
  };
}

/** A file of the topic was saved: what was found may no longer hold. */
export const fileSaved = (now: GradeNow, slug: string): GradeNow =>
  changeTopic(now, slug, { isStale: true });

/** What a grade that is under way, or the latest one, found of a topic so far. */
export interface TopicCount {
  all: number;
  through: number;
  passed: number;
  failed: number;
  points: number;
  earned: number;
}

export function countChecks({ checks }: TopicNow): TopicCount {
  const passed = checks.filter(({ state }) => state === 'passed');
  const failed = checks.filter(({ state }) => state === 'failed').length;
  return {
    all: checks.length,
    through: passed.length + failed,
    passed: passed.length,
    failed,
    points: sum(checks),
    earned: sum(passed),
  };
}

const sum = (checks: CheckNow[]): number => checks.reduce((all, { points }) => all + points, 0);

function checkNow(check: GradedCheck): CheckNow {
  const { state } = check;
  return state === 'never-ran' ? { ...check, state } : { ...check, state };
}

function mistakesNamed(topic: TopicNow | undefined): string[] {
  const named = topic?.checks.flatMap((check) =>
    'mistakes' in check ? (check.mistakes ?? []) : [],
  );
  return [...new Set([...(topic?.earlierMistakes ?? []), ...(named ?? [])])];
}

function withoutWaiting(topic: TopicNow): TopicNow {
  const checks = topic.checks.map((check): CheckNow =>
    check.state === 'waiting' || check.state === 'running'
      ? { ...check, state: 'never-ran' }
      : check,
  );
  return { ...topic, checks };
}

function changeTopic(now: GradeNow, slug: string, change: Partial<TopicNow>): GradeNow {
  const topic = now.topics[slug];
  if (!topic) return now;
  return { ...now, topics: { ...now.topics, [slug]: { ...topic, ...change } } };
}

function changeCheck(
  now: GradeNow,
  slug: string,
  id: string,
  change: (check: CheckNow) => CheckNow,
): GradeNow {
  const checks = now.topics[slug]?.checks.map((check) => (check.id === id ? change(check) : check));
  return checks ? changeTopic(now, slug, { checks }) : now;
}
