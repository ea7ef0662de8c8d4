import type { FlowStep, Sabotage } from '../../../studies/flow/shared.ts';
import type { TargetName, TopicSummary } from '../../lab-api.ts';
import { SentenceList } from '../console/sentence-list.tsx';
import { TargetCard } from '../console/target-card.tsx';
import { targetTitles } from '../console/targets.ts';
import type { FlowOutcome } from './flow-outcome.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { markOf } from './flow-judgement.ts';
import { StepEvidence } from './step-evidence.tsx';

interface StepOnTargetProps {
  target: TargetName;
  step: FlowStep;
  /** Of this walk or, while it is under way, of the one before. */
  outcome: FlowOutcome | undefined;
  walking: boolean;
  sabotages: readonly Sabotage[];
  topics: TopicSummary[];
}

/** How the current step went on one target. */
export function StepOnTarget(props: StepOnTargetProps) {
  const { target, step, outcome, walking, sabotages, topics } = props;
  const walk = outcome?.type === 'study' ? outcome.study : undefined;
  const walked = walk?.steps.find(({ id }) => id === step.id);
  return (
    <TargetCard
      target={target}
      label={`This step on ${targetTitles[target]}`}
      judgement={outcome && markOf(outcome, step.id)}
      waitingFor={walking ? 'Walking' : undefined}
      note={walking && outcome && 'From the walk before; walking again…'}
    >
      {outcome?.type === 'broken' && <HostileText text={outcome.message} as="block" fold={2000} />}
      {walk && <SentenceList title="Mistakes in your file" sentences={walk.faults} />}
      {walked && (
        // Another walk or step starts with everything folded as if seen for the first time.
        <StepEvidence
          key={`${step.id} ${walked.exchanges[0]?.requestId}`}
          walked={walked}
          sabotages={sabotages}
          topics={topics}
        />
      )}
    </TargetCard>
  );
}
