import type { Tally, TargetName } from '../../lab-api.ts';
import { shotsIn } from '../lab-client/shot-result.ts';
import type { Outcome } from '../lab-client/shot.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { describeTally, judge, judgeTally } from './judgement.ts';
import { TargetCard } from './target-card.tsx';
import { TargetEvidence } from './target-evidence.tsx';
import { targetTitles } from './targets.ts';

interface TargetResultProps {
  target: TargetName;
  outcome: Outcome | undefined;
  /** What the same shot gave before the learner's file was saved. */
  earlier: Outcome | undefined;
  /** Of several shots: how they came out so far. */
  tally: Tally | undefined;
  /** How many there should be. */
  shots: number;
  running: boolean;
}

export function TargetResult(props: TargetResultProps) {
  const { target, outcome, earlier, tally, shots, running } = props;
  const fired = tally ? shotsIn(tally) : 0;
  const underWay = running && !outcome;
  return (
    <TargetCard
      target={target}
      label={`Result against ${targetTitles[target]}`}
      judgement={
        outcome ? judge(outcome, tally) : tally && !underWay ? judgeTally(tally) : undefined
      }
      waitingFor={underWay ? (tally ? `${fired} of ${shots} fired` : 'Running') : undefined}
      note={
        <>
          {tally && (
            <>
              {describeTally(tally)}
              {fired < shots && !underWay && `; ended after ${fired} of ${shots}`}.{' '}
            </>
          )}
          {outcome && outcome.type !== 'broken' && <>{describeTime(outcome.milliseconds)}. </>}
          {earlier && (
            <>
              Before you saved: <strong>{judge(earlier).word.toLowerCase()}</strong>.
            </>
          )}
        </>
      }
    >
      {outcome?.type === 'broken' && <HostileText text={outcome.message} as="block" fold={2000} />}
      {tally && outcome && outcome.type !== 'broken' && (
        <p>
          {shots === fired && 'copies' in outcome.report
            ? 'All of them together:'
            : 'The last one in full:'}
        </p>
      )}
      {(outcome?.type === 'report' || outcome?.type === 'use-report') && (
        // A new report starts with everything folded as if seen for the first time.
        <TargetEvidence key={outcome.milliseconds} report={outcome.report} />
      )}
    </TargetCard>
  );
}

function describeTime(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
