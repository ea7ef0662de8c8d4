import type { EnvelopeReport } from '../../../studies/envelope/shared.ts';
import type { TargetName } from '../../lab-api.ts';
import { SentenceList } from '../console/sentence-list.tsx';
import { TargetCard } from '../console/target-card.tsx';
import { targetTitles } from '../console/targets.ts';
import type { StudyOutcome } from '../lab-client/use-study.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { judgeEnvelope } from './envelope-judgement.ts';
import { OpenedRecord } from './opened-record.tsx';

interface EnvelopeOnTargetProps {
  target: TargetName;
  outcome: StudyOutcome<EnvelopeReport> | undefined;
  sealing: boolean;
}

export function EnvelopeOnTarget({ target, outcome, sealing }: EnvelopeOnTargetProps) {
  const report = outcome?.type === 'study' ? outcome.study : undefined;
  return (
    <TargetCard
      target={target}
      label={`Opened at ${targetTitles[target]}`}
      judgement={outcome && judgeEnvelope(outcome)}
      waitingFor={sealing ? 'Opening' : undefined}
      note={sealing && outcome && 'From the change before; opening again…'}
    >
      {outcome?.type === 'broken' && <HostileText text={outcome.message} as="block" fold={2000} />}
      {report && (
        <>
          <SentenceList title="Mistakes in your file" sentences={report.faults} />
          {report.records.map((record) => (
            <OpenedRecord key={record.owner} record={record} />
          ))}
          <SentenceList title="What the two records share" sentences={report.reuse} />
        </>
      )}
    </TargetCard>
  );
}
