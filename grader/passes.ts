import type { AttackReport } from '../lab/protocol.ts';

/** A check passes if the attack has no effect and the answer is what a client needs. */
export const passes = (report: AttackReport): boolean =>
  report.verdict === 'blocked' && report.complaints.length === 0;
