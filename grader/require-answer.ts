/** A study asks many times, and waits for an answer each time: it ends with the first that is missing. */
import type { LabReply } from './attacks/attack.ts';
import type { LabSession } from './targets/lab-session.ts';
import { TargetProblem } from './targets/target-process.ts';

export function requireAnswer(lab: LabSession, { failure }: LabReply): void {
  if (failure === undefined) return;
  throw lab.lost ?? new TargetProblem(`A call got no answer: ${failure}.`);
}
