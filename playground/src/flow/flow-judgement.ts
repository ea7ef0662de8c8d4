import type { Verdict } from '../../../lab/protocol.ts';
import type { FlowWalk, WalkedStep } from '../../../studies/flow/shared.ts';
import type { Judgement } from '../console/judgement.ts';
import type { FlowOutcome } from './flow-outcome.ts';
import type { IconName } from '../text/icon.tsx';

/** How a step went, in a few words. Without a tone it is neither good nor bad. */
export interface StepMark {
  word: string;
  icon: IconName;
  tone?: Verdict;
}

const couldNotRun: Judgement = { word: 'Could not run', icon: 'notRun', tone: 'inconclusive' };

/** How one step went at a target; undefined if the walk does not know the step. */
export function markOf(outcome: FlowOutcome, id: string): StepMark | undefined {
  if (outcome.type === 'broken') return couldNotRun;
  const step = outcome.study.steps.find((walked) => walked.id === id);
  return step && judgeStep(step);
}

export function judgeStep(step: WalkedStep): StepMark {
  switch (step.outcome) {
    case 'done':
      if (step.sabotages.length > 0) {
        return { word: 'Went on all the same', icon: 'breached', tone: 'breached' };
      }
      return step.remarks.length > 0
        ? { word: 'Went on, with remarks', icon: 'inconclusive', tone: 'inconclusive' }
        : { word: 'Went on', icon: 'works', tone: 'blocked' };
    case 'refused':
      return { word: 'Refused', icon: 'blocked', tone: 'blocked' };
    case 'failed':
      return { word: 'Did not work', icon: 'fails', tone: 'breached' };
    case 'not-reached':
      return { word: 'Not reached', icon: 'away' };
  }
}

/** A whole walk in a few words. */
export function judgeWalk(outcome: FlowOutcome): Judgement {
  if (outcome.type === 'broken') return couldNotRun;
  const { study: walk } = outcome;
  const refused = numbersOf(walk, (step) => step.outcome === 'refused');
  const letThrough = numbersOf(walk, (step) => step.outcome === 'done' && isSpoiled(step));
  if (refused.length > 0 && letThrough.length > 0) {
    const word = `Refused at ${stepsInWords(refused)}, not at ${stepsInWords(letThrough)}`;
    return { word, icon: 'inconclusive', tone: 'inconclusive' };
  }
  if (refused.length > 0) {
    return { word: `Refused at ${stepsInWords(refused)}`, icon: 'blocked', tone: 'blocked' };
  }
  if (letThrough.length > 0) {
    return { word: 'Nothing refused it', icon: 'breached', tone: 'breached' };
  }
  const failed = numbersOf(walk, (step) => step.outcome === 'failed');
  if (failed.length > 0) {
    return { word: `Did not work at ${stepsInWords(failed)}`, icon: 'fails', tone: 'breached' };
  }
  return walk.steps.some(({ remarks }) => remarks.length > 0)
    ? { word: 'Reached the end, with remarks', icon: 'inconclusive', tone: 'inconclusive' }
    : { word: 'Reached the end', icon: 'works', tone: 'blocked' };
}

const isSpoiled = (step: WalkedStep): boolean => step.sabotages.length > 0;

/** Counted from 1, as people see them. */
function numbersOf({ steps }: FlowWalk, is: (step: WalkedStep) => boolean): number[] {
  return steps.flatMap((step, i) => (is(step) ? [i + 1] : []));
}

function stepsInWords(numbers: number[]): string {
  const last = numbers.at(-1);
  const others = numbers.slice(0, -1);
  return others.length === 0 ? `step ${last}` : `steps ${others.join(', ')} and ${last}`;
}
