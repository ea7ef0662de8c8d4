import type { TargetName } from '../../lab-api.ts';
import type { Outcome } from '../lab/use-lab-firing.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { judge } from './judgement.ts';
import { TargetCard } from './target-card.tsx';
import { TargetEvidence } from './target-evidence.tsx';
import { targetTitles } from './targets.ts';

interface TargetResultProps {
  target: TargetName;
  outcome: Outcome | undefined;
  /** What the same shot gave before the learner's file was saved. */
  earlier: Outcome | undefined;
  running: boolean;
}

export function TargetResult({ target, outcome, earlier, running }: TargetResultProps) {
  return (
    <TargetCard
      target={target}
      label={`Result against ${targetTitles[target]}`}
      judgement={outcome && judge(outcome)}
      waitingFor={running && !outcome ? 'Running' : undefined}
      note={
        <>
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
