/** A study asks many times, and waits for an answer each time: it ends with the first that is missing. */
import type { LabReply } from '../lab/protocol.ts';
import type { TargetSession } from '../lab/target-session.ts';
import { TargetProblem } from '../lab/target-process.ts';

export function requireAnswer(lab: TargetSession, { failure }: LabReply): void {
  if (failure === undefined) return;
  throw lab.lost ?? new TargetProblem(`A call got no answer: ${failure}.`);
}
