/** Grades the learner's files for the page, one grade at a time, in processes of its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Topic } from '../../catalogue/curriculum.ts';
import type { GradeStep } from '../../grader/grading/grade-steps.ts';
import { gradeTopics } from '../../grader/grading/grading.ts';
import type { GradeRequest } from '../../grader/grading/plan-checks.ts';
import { LabPool } from '../../lab/pool.ts';
import { RouteError } from './routes/answers.ts';

/**
 * A page that stops one grade and begins another does so on two connections: word of the stop may
 * come a moment after the wish for another.
 */
const GRACE_MS = 1_000;

interface GradeWish {
  topics: Topic[];
  withStretch: boolean;
  onlyTrack: boolean;
  /** Called when it is this wish's turn; what it returns is told of every step. */
  begin: (stop: () => void) => (step: GradeStep) => void;
}

export class LabGrading {
  #current: { topics: Topic[]; stopped: AbortController; over: Promise<void> } | undefined;

  /**
   * Settles when all is through, or was stopped and has left no process behind. Throws a `RouteError`
   * while somebody else is grading.
   */
  async grade({ topics, withStretch, onlyTrack, begin }: GradeWish): Promise<void> {
    if (this.#current) await Promise.race([this.#current.over, sleep(GRACE_MS)]);
    if (this.#current?.stopped.signal.aborted) await this.#current.over;
    if (this.#current) throw new RouteError(409, whyNotNow(this.#current.topics));

    const stopped = new AbortController();
    const { signal } = stopped;
    const tell = begin(() => stopped.abort());
    const grading = gradeInOwnPool(
      { topics, target: 'student', withStretch, onlyTrack },
      tell,
      signal,
    ).finally(() => {
      this.#current = undefined;
    });
    // Whoever waits for its end is not told how it went.
    this.#current = { topics, stopped, over: grading.catch(() => undefined) };
    await grading;
  }

  async close(): Promise<void> {
    this.#current?.stopped.abort();
    await this.#current?.over;
  }
}

/** Settles when all is through, or was stopped and has left no process behind. */
async function gradeInOwnPool(
  request: GradeRequest,
  tell: (step: GradeStep) => void,
  signal: AbortSignal,
): Promise<void> {
  const pool = new LabPool();
  const endAtOnce = (): void => void pool.close().catch(() => undefined); // said below
  signal.addEventListener('abort', endAtOnce);
  try {
    await gradeTopics(request, pool, { tell, signal });
  } finally {
    signal.removeEventListener('abort', endAtOnce);
    await pool.close();
  }
}

function whyNotNow(topics: Topic[]): string {
  const [first] = topics;
  const which =
    topics.length === 1 ? `topic ${first?.slug.slice(0, 2)}` : `${topics.length} topics`;
  return `Another page is grading ${which}. Wait until it is through, or stop it there.`;
}
