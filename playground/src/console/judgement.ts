import type { Verdict } from '../../../grader/attacks/attack.ts';
import type { Outcome } from '../lab/use-lab-firing.ts';
import type { IconName } from '../text/icon.tsx';

/** An outcome in one word. The tone picks the colour; the word and the icon say the same. */
export interface Judgement {
  word: string;
  icon: IconName;
  tone: Verdict;
}

/** What the learner's server made of what was fired last. */
export interface Answered {
  /** Of the attack or the ordinary use. */
  title: string;
  outcome: Outcome;
}

const verdicts: Record<Verdict, Judgement> = {
  breached: { word: 'Breached', icon: 'breached', tone: 'breached' },
  blocked: { word: 'Blocked', icon: 'blocked', tone: 'blocked' },
  inconclusive: { word: 'Inconclusive', icon: 'inconclusive', tone: 'inconclusive' },
};

export function judge(outcome: Outcome): Judgement {
  switch (outcome.type) {
    case 'report':
      return verdicts[outcome.report.verdict];
    case 'use-report':
      return outcome.report.problems.length === 0
        ? { word: 'Works', icon: 'works', tone: 'blocked' }
        : { word: 'Does not work', icon: 'fails', tone: 'breached' };
    default:
      return { word: 'Could not run', icon: 'notRun', tone: 'inconclusive' };
  }
}
