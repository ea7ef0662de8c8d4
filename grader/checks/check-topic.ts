/**
 * Turns a topic's checks into tests, for a runner to show. A test is named by the id of what it fires.
 * The engine runs the check (`grading.ts`), and grades by what it found, not by the test.
 */
import { describe, inject, test } from 'vitest';
import type { PlannedCheck } from '../grading/grade-result.ts';
import { askForChecks } from './check-channel.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Name of the channel on which the engine answers. */
    checkChannel: string;
    /** By slug. */
    plannedChecks: Record<string, PlannedCheck[]>;
  }
}

export function checkTopic(slug: string): void {
  const ask = askForChecks(inject('checkChannel'));
  describe.concurrent(slug, () => {
    for (const { id } of inject('plannedChecks')[slug] ?? []) {
      // The lab has deadlines of its own, which name the file.
      test(id, { timeout: 0 }, async () => {
        const failure = await ask(slug, id);
        if (failure !== undefined) throw new CheckFailure(failure);
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
