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

/**
 * Where calls go to. `one`: to one server, one after the other, under the limiter of topic 10.
 * `three`: to three instances in turn, those of a burst at once, under that of topic 18.
 */
export const destinations = ['one', 'three'] as const;
export type Destination = (typeof destinations)[number];

export interface BurstCall {
  /** Index of its burst in the schedule. */
  burst: number;
  /** Milliseconds from the beginning, on the server's clock. */
  at: number;
  /** Index of the instance that was asked. */
  instance: number;
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
  /** How many instances shared the calls. */
  instances: number;
  /** In the order in which they were sent. */
  calls: BurstCall[];
  /** Mistakes in the learner's file that the lab noticed. */
  faults: string[];
}
