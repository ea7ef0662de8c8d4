/** Grades a topic without a test runner, for whoever keeps labs at hand. */
import type { CheckOutcome } from '../checks/check-outcome.ts';
import { checkedTargets, checksOf, type Check } from '../checks/checks-of-topic.ts';
import type { Topic } from '../../catalogue/curriculum.ts';
import type { LabPool } from '../../lab/pool.ts';
import { pinsIn } from '../progress/pins.ts';
import type { Progress } from '../progress/progress.ts';
import { ProgressJournal } from '../progress/progress-journal.ts';
import { gradedTopic, type GradedTopic } from './grade-result.ts';

interface ChecksOptions {
  withStretch: boolean;
  /** Fires one payload of each attack of the other topics at a capstone's server, instead of all. */
  wholeServerWithFirstVariants: boolean;
  /** Holds the payloads that were pinned. */
  progress: Progress;
}

interface RunOptions {
  /** Ids of checks to begin with. */
  first: ReadonlySet<string>;
  /** Nothing more is fired once it is aborted. */
  signal: AbortSignal;
  onStart?: (check: Check) => void;
  onOutcome?: (check: Check, outcome: CheckOutcome) => void;
}

/** The learner's topic, graded; undefined if it was aborted. */
export async function gradeInPool(
  topic: Topic,
  pool: LabPool,
  { withStretch, ...options }: RunOptions & Pick<ChecksOptions, 'withStretch'>,
): Promise<GradedTopic | undefined> {
  const checks = await learnersChecks(topic, {
    withStretch,
    wholeServerWithFirstVariants: true,
    progress: new ProgressJournal().read(),
  });
  const outcomes = await runInPool(checks, pool, options);
  return outcomes && gradedTopic(topic, checks, outcomes);
}

/** What the learner's files of a topic are checked by, the payloads that were pinned included. */
export function learnersChecks(
  { slug }: Topic,
  { progress, ...options }: ChecksOptions,
): Promise<Check[]> {
  return checksOf(slug, checkedTargets(slug, 'student'), {
    ...options,
    pins: pinsIn(progress)[slug],
  });
}

/** What each check found, by its id; undefined if it was aborted. */
export async function runInPool(
  checks: Check[],
  pool: LabPool,
  { first, signal, onStart, onOutcome }: RunOptions,
): Promise<Map<string, CheckOutcome> | undefined> {
  const outcomes = new Map<string, CheckOutcome>();
  const inOrder = [
    ...checks.filter(({ id }) => first.has(id)),
    ...checks.filter(({ id }) => !first.has(id)),
  ];
  await Promise.all(
    inOrder.map((check) =>
      pool.run(async (lab) => {
        if (signal.aborted) return;
        onStart?.(check);
        const outcome = await check.run(lab);
        // What was taken away from a check is not what it found.
        if (signal.aborted) return;
        outcomes.set(check.id, outcome);
        onOutcome?.(check, outcome);
      }),
    ),
  );
  return signal.aborted ? undefined : outcomes;
}
