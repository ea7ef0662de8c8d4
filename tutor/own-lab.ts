/** The lab of one tutor: made when it is first needed, and asked for one thing at a time. */
import { LabPool } from '../lab/pool.ts';
import { TutorError } from './results.ts';

/** Whoever waits longer in line is told so at once. */
const MOST_WAITING = 4;

export class OwnLab {
  #pool: LabPool | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @throws `TutorError` if others wait already, or `signal` says that nobody wants it any more */
  async with<T>(work: (pool: LabPool) => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#waiting >= MOST_WAITING) {
      throw new TutorError('RATE_LIMITED', 'The lab is busy; wait until it has answered.');
    }
    this.#waiting++;
    const turn = this.#queue.then(async () => {
      if (signal.aborted) throw new TutorError('INTERNAL', 'The call was cancelled.');
      const isNew = this.#pool === undefined;
      const pool = (this.#pool ??= new LabPool());
      // A target reads a file once, and the learner may have saved it since.
      if (!isNew) await pool.restart();
      return work(pool);
    });
    this.#queue = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting--;
    }
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }
}
