import type { Carried, FlowWalk } from '../../../studies/flow/shared.ts';

/** A value the client holds, and the number of the step it comes from. */
export interface HeldValue extends Carried {
  step: number;
}

/** What the client holds after step `upTo`. A value learned again takes the place of the old one. */
export function collectValues({ steps }: FlowWalk, upTo: string): HeldValue[] {
  const held = new Map<string, HeldValue>();
  for (const [i, step] of steps.entries()) {
    for (const carried of step.carried) {
      // Removed first, so that it stands with the others of its step.
      held.delete(carried.name);
      held.set(carried.name, { ...carried, step: i + 1 });
    }
    if (step.id === upTo) break;
  }
  return [...held.values()];
}
