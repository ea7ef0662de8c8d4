/**
 * Grades topics of the learner's one after another, and tells of every step. What comes of it is the
 * same as with `npm run grade`: checks, points, journal, and the report of a capstone.
 */
import type { Check } from '../checks/checks-of-topic.ts';
import type { Topic } from '../../catalogue/curriculum.ts';
import { LabPool } from '../../lab/pool.ts';
import { ProgressJournal } from '../progress/progress-journal.ts';
import { recordGrade } from '../progress/record-grade.ts';
import { leaveWholeServerReport, type WholeServerItem } from '../whole-server.ts';
import { rememberExercises } from './edited-files.ts';
import { learnersChecks, runInPool } from './grade-in-pool.ts';
import {
  gradedCheck,
  gradedTopic,
  plannedCheck,
  totalsOf,
  type GradedTopic,
} from './grade-result.ts';
import type { GradeStep, PlannedTopic } from './grade-steps.ts';

interface StepByStepRequest {
  topics: Topic[];
  withStretch: boolean;
  /** Stops the grade: topics that were not through by then are not in the journal. */
  signal: AbortSignal;
}

/** Settles when all is through, or was stopped and has left no process behind. */
export async function gradeStepByStep(
  { topics, withStretch, signal }: StepByStepRequest,
  tell: (step: GradeStep) => void,
): Promise<void> {
  const savedSince = rememberExercises(topics);
  const progress = new ProgressJournal().read();
  // The other topics' own checks fire all payloads.
  const wholeServerWithFirstVariants = topics.length > 1;
  const options = { withStretch, wholeServerWithFirstVariants, progress };
  const planned = await Promise.all(
    topics.map(async (topic) => ({ topic, checks: await learnersChecks(topic, options) })),
  );
  tell({ type: 'plan', topics: planned.map(planOf) });

  const pool = new LabPool();
  const endAtOnce = (): void => void pool.close().catch(() => undefined); // said below
  signal.addEventListener('abort', endAtOnce);
  try {
    const graded: GradedTopic[] = [];
    const items: WholeServerItem[] = [];
    for (const { topic, checks } of planned) {
      const { slug } = topic;
      const outcomes = await runInPool(checks, pool, {
        first: new Set(progress[slug]?.grade?.failed),
        signal,
        onStart: ({ id }) => tell({ type: 'running', topic: slug, check: id }),
        onOutcome: (check, outcome) =>
          tell({ type: 'check', topic: slug, check: gradedCheck(check, outcome) }),
      });
      if (!outcomes) return;
      const result = gradedTopic(topic, checks, outcomes);
      recordGrade(result);
      tell({ type: 'topic', topic: result });
      graded.push(result);
      items.push(...[...outcomes.values()].flatMap(({ items: own = [] }) => own));
    }
    if (items.length > 0) leaveWholeServerReport({ target: 'student', items });
    for (const message of savedSince()) tell({ type: 'problem', message });
    tell({ type: 'done', ...totalsOf(graded) });
  } finally {
    signal.removeEventListener('abort', endAtOnce);
    await pool.close();
  }
}

interface Planned {
  topic: Topic;
  checks: Check[];
}

const planOf = ({ topic: { slug, title }, checks }: Planned): PlannedTopic => ({
  slug,
  title,
  checks: checks.map(plannedCheck),
});
