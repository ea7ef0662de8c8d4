import type { Sabotage, WalkedStep } from '../../../studies/flow/shared.ts';
import type { TopicSummary } from '../../lab-api.ts';
import { ExchangesAndTape } from '../console/exchanges-and-tape.tsx';
import { SentenceList } from '../console/sentence-list.tsx';
import { HostileText } from '../text/hostile-text.tsx';
import { CarriedValues } from './carried-values.tsx';
import { RefusalReport } from './refusal-report.tsx';

interface StepEvidenceProps {
  walked: WalkedStep;
  sabotages: readonly Sabotage[];
  topics: TopicSummary[];
}

/** What was said, sent and done in one step on one target. */
export function StepEvidence({ walked, sabotages, topics }: StepEvidenceProps) {
  // The walker calls everything an attack; an honest step is none.
  const role = walked.sabotages.length > 0 ? 'attack' : 'control';
  const exchanges = walked.exchanges.map((exchange) => ({ ...exchange, role }) as const);
  return (
    <>
      <p>
        <HostileText text={walked.summary} fold={600} />
      </p>
      <RefusalReport walked={walked} sabotages={sabotages} topics={topics} />
      <SentenceList title="Remarks" sentences={walked.remarks} />
      <CarriedValues values={walked.carried} />
      {walked.outcome !== 'not-reached' && (
        <ExchangesAndTape
          exchanges={exchanges}
          tape={walked.tape}
          showRoles={false}
          firstOpen={exchanges.length}
        />
      )}
    </>
  );
}
