import type { TokenReport } from '../../../studies/tokens/shared.ts';
import type { TargetName } from '../../lab-api.ts';
import { TargetCard } from '../console/target-card.tsx';
import { targetTitles } from '../console/targets.ts';
import type { StudyOutcome } from '../lab-client/use-study.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { TokenAnswer } from './token-answer.tsx';
import { judgeToken } from './token-judgement.ts';

interface TokenOnTargetProps {
  target: TargetName;
  /** Absent until the target has answered this firing. */
  outcome: StudyOutcome<TokenReport> | undefined;
  firing: boolean;
}

export function TokenOnTarget({ target, outcome, firing }: TokenOnTargetProps) {
  return (
    <TargetCard
      target={target}
      label={`Answer of ${targetTitles[target]}`}
      judgement={outcome && judgeToken(outcome)}
      waitingFor={firing ? 'Firing' : undefined}
    >
      {outcome?.type === 'broken' && <HostileText text={outcome.message} as="block" fold={2000} />}
      {outcome?.type === 'study' && <TokenAnswer report={outcome.study} />}
    </TargetCard>
  );
}
