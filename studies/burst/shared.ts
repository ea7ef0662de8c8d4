/** A schedule of calls of one user, and what became of each. */

/** Calls that leave one right after the other. */
export interface Burst {
  /** Seconds from the beginning. */
  atSecond: number;
  calls: number;
}

/** More would show nothing that these do not. */
export const MOST_CALLS = 150;
export const MOST_BURSTS = 20;
export const LAST_SECOND = 180;

export interface BurstCall {
  /** Index of its burst in the schedule. */
  burst: number;
  /** Milliseconds from the beginning, on the server's clock. */
  at: number;
  /**
   * By the tape. `ran`: the tool was executed. `refused`: the limiter said no, and it was not.
   * `neither`: something else kept the call from running.
   */
  fate: 'ran' | 'refused' | 'neither';
  /** What the answer says about trying again, in seconds. */
  retryAfterSeconds?: number;
}

export interface BurstReport {
  /** Calls of one user that may run in a minute. */
  limit: number;
  /** In the order in which they were sent. */
  calls: BurstCall[];
  /** Mistakes in the learner's file that the lab noticed. */
  faults: string[];
}
