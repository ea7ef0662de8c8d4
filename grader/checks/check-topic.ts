/** Turns a topic's checks into tests. A test is named by the id of what it fires. */
import { describe, inject, test } from 'vitest';
import { explanationText } from '../explanation.ts';
import { LabPool } from '../../lab/pool.ts';
import type { Pins } from '../progress/pins.ts';
import type { CheckOutcome } from './check-outcome.ts';
import { checkedTargets, checksOf } from './checks-of-topic.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `student`, or `reference` for `--solutions`. */
    gradedTarget: 'student' | 'reference';
    withStretch: boolean;
    /** Whether the whole server meets every payload of the other topics, or one of each attack. */
    wholeServerWithAllPayloads: boolean;
    /** As they were when grading began. */
    pins: Pins;
  }
  interface TaskMeta {
    /** What the check found, for whoever reports it. */
    outcome?: CheckOutcome;
  }
}

/** Longer than anything the lab lets happen: its own deadlines name the file, vitest's do not. */
const TEST_DEADLINE_MS = 240_000;

// Without isolation between files, all topics share the pool. Its processes end with this one.
const pool = new LabPool();

export async function checkTopic(slug: string): Promise<void> {
  const checks = await checksOf(slug, checkedTargets(slug, inject('gradedTarget')), {
    withStretch: inject('withStretch'),
    wholeServerWithFirstVariants: !inject('wholeServerWithAllPayloads'),
    pins: inject('pins')[slug],
  });

  describe.concurrent(slug, () => {
    for (const check of checks) {
      test(check.id, { timeout: TEST_DEADLINE_MS }, async ({ task }) => {
        const outcome = await pool.run((lab) => check.run(lab));
        task.meta.outcome = outcome;
        if (!outcome.passed) throw new CheckFailure(explanationText(outcome.explanation));
      });
    }
  });
}

/** A failed check. Its message is the whole explanation; a stack would only point into the grader. */
class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
