import type { ShotResult, Tally } from '../../lab-api.ts';
import type { Outcome } from './shot.ts';

export function resultOf(outcome: Outcome): ShotResult {
  switch (outcome.type) {
    case 'report':
      return outcome.report.verdict;
    case 'use-report':
      return outcome.report.problems.length === 0 ? 'works' : 'fails';
    case 'broken':
      return 'broken';
  }
}

/** The whole count of a shot: a target that broke down in a series is not in what the lab counted. */
export function tallyOf(outcome: Outcome, counted: Tally | undefined): Tally {
  if (!counted) return { [resultOf(outcome)]: 1 };
  return outcome.type === 'broken' ? { ...counted, broken: 1 } : counted;
}

export const shotsIn = (tally: Tally): number =>
  Object.values(tally).reduce((sum, count) => sum + count, 0);
