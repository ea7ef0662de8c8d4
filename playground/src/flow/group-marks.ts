import type { TargetName } from '../../lab-api.ts';
import { targetNames, targetTitles } from '../console/targets.ts';
import type { FlowOutcomes } from './flow-outcome.ts';
import { markOf, type StepMark } from './flow-judgement.ts';

/** Targets at which a step went the same way. */
export interface MarkGroup {
  mark: StepMark;
  /** `all three`, or their names. */
  who: string;
}

export function groupMarks(outcomes: FlowOutcomes, id: string): MarkGroup[] {
  const groups = new Map<string, { mark: StepMark; names: TargetName[] }>();
  for (const name of targetNames) {
    const outcome = outcomes[name];
    const mark = outcome && markOf(outcome, id);
    if (!mark) continue;
    const group = groups.get(mark.word);
    if (group) group.names.push(name);
    else groups.set(mark.word, { mark, names: [name] });
  }
  return Array.from(groups.values(), ({ mark, names }) => ({
    mark,
    who:
      names.length === targetNames.length
        ? 'all three'
        : names.map((name) => targetTitles[name]).join(', '),
  }));
}
