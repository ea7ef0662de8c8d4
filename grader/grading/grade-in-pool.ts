/** Grades a topic without a test runner, for whoever keeps lab benches at hand. */
import { checkedTargets, checksOf, type CheckOutcome } from '../checks/checks-of-topic.ts';
import type { Topic } from '../curriculum.ts';
import type { LabPool } from '../lab-pool.ts';
import { pinsIn } from '../progress/pins.ts';
import { ProgressJournal } from '../progress/progress-journal.ts';
import { gradedTopic, type GradedTopic } from './grade-result.ts';

interface PoolGradeOptions {
  withStretch: boolean;
  /** Ids of checks to begin with. */
  first: ReadonlySet<string>;
  /** Nothing more is fired once it is aborted. */
  signal: AbortSignal;
}

/** The learner's topic, graded; undefined if it was aborted. */
export async function gradeInPool(
  topic: Topic,
  pool: LabPool,
  { withStretch, first, signal }: PoolGradeOptions,
): Promise<GradedTopic | undefined> {
  const { slug } = topic;
  const checks = await checksOf(slug, checkedTargets(slug, 'student'), {
    withStretch,
    wholeServerWithFirstVariants: true,
    pins: pinsIn(new ProgressJournal().read())[slug],
  });
  const outcomes = new Map<string, CheckOutcome>();
  const inOrder = [
    ...checks.filter(({ id }) => first.has(id)),
    ...checks.filter(({ id }) => !first.has(id)),
  ];
  await Promise.all(
    inOrder.map((check) =>
      pool.run(async (lab) => {
        if (!signal.aborted) outcomes.set(check.id, await check.run(lab));
      }),
    ),
  );
  return signal.aborted ? undefined : gradedTopic(topic, checks, outcomes);
}
