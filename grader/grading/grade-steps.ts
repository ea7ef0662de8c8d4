/** A grade as it comes about: what the page is told while its learner waits. Plain JSON. */
import type { GradedCheck, GradedTopic, GradeResult, PlannedCheck } from './grade-result.ts';

export interface PlannedTopic {
  slug: string;
  title: string;
  checks: PlannedCheck[];
}

export type GradeStep =
  | { type: 'plan'; topics: PlannedTopic[] }
  /** A check has begun. */
  | { type: 'running'; topic: string; check: string }
  /** A check is through. Known mistakes are told with its topic. */
  | { type: 'check'; topic: string; check: GradedCheck }
  /** A topic is through, and stands in the journal. */
  | { type: 'topic'; topic: GradedTopic }
  /** Something went wrong outside of any check. */
  | { type: 'problem'; message: string }
  | ({ type: 'done' } & Pick<GradeResult, 'passed' | 'failed' | 'points' | 'earned'>);
