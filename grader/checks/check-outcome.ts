import type { Explanation } from '../explanation.ts';
import type { WholeServerItem } from '../whole-server.ts';

export type CheckOutcome = CheckPassed | CheckFailed;

export interface CheckPassed {
  passed: true;
  /** Checklist items, of a check of the whole server. */
  items?: WholeServerItem[];
}

export interface CheckFailed {
  passed: false;
  /** Why, in a sentence. */
  reason: string;
  /** Everything that was seen, for the learner. */
  explanation: Explanation;
  /** How it failed: the same for everybody who made the same mistake. */
  signature: string;
  items?: WholeServerItem[];
}
