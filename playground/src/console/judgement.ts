import type { Verdict } from '../../../lab/protocol.ts';
import type { ShotResult, Tally } from '../../lab-api.ts';
import { resultOf, shotsIn, tallyOf } from '../lab-client/shot-result.ts';
import type { Outcome } from '../lab-client/shot.ts';
import type { IconName } from '../text/icon.tsx';

/** An outcome in one word. The tone picks the colour; the word and the icon say the same. */
export interface Judgement {
  word: string;
  icon: IconName;
  tone: Verdict;
}

/** The worst first: it decides about a series. */
const judgements: Record<ShotResult, Judgement> = {
  breached: { word: 'Breached', icon: 'breached', tone: 'breached' },
  broken: { word: 'Could not run', icon: 'notRun', tone: 'inconclusive' },
  fails: { word: 'Does not work', icon: 'fails', tone: 'breached' },
  inconclusive: { word: 'Inconclusive', icon: 'inconclusive', tone: 'inconclusive' },
  blocked: { word: 'Blocked', icon: 'blocked', tone: 'blocked' },
  works: { word: 'Works', icon: 'works', tone: 'blocked' },
};
const results = Object.keys(judgements) as ShotResult[];

export function judge(outcome: Outcome, counted?: Tally): Judgement {
  return judgeTally(tallyOf(outcome, counted)) ?? judgements[resultOf(outcome)];
}

/** A series in as few words: how often the worst happened. `undefined` before anything did. */
export function judgeTally(tally: Tally): Judgement | undefined {
  const [worst] = listResults(tally);
  const shots = shotsIn(tally);
  if (!worst || shots === 1) return worst?.judgement;
  const { judgement, count } = worst;
  return { ...judgement, word: `${judgement.word} ${count} of ${shots}` };
}

/** Each way it came out, the worst first. */
function listResults(tally: Tally): { judgement: Judgement; count: number }[] {
  return results.flatMap((result) => {
    const count = tally[result] ?? 0;
    return count > 0 ? [{ judgement: judgements[result], count }] : [];
  });
}

/** Such as `3 breached, 1 blocked`. */
export const describeTally = (tally: Tally): string =>
  listResults(tally)
    .map(({ judgement, count }) => `${count} ${judgement.word.toLowerCase()}`)
    .join(', ');
