import type { BurstReport } from '../../../studies/burst/shared.ts';
import type { TargetName } from '../../lab-api.ts';
import { SentenceList } from '../console/sentence-list.tsx';
import { TargetCard } from '../console/target-card.tsx';
import { targetTitles } from '../console/targets.ts';
import type { StudyOutcome } from '../lab-client/use-study.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { describeBursts, judgeBursts } from './burst-judgement.ts';
import { BurstTable } from './burst-table.tsx';
import { BurstTimeline } from './burst-timeline.tsx';
import { countUpTo, inSeconds, MINUTE_MS, timesThatRan } from './minute.ts';

interface BurstOnTargetProps {
  target: TargetName;
  outcome: StudyOutcome<BurstReport> | undefined;
  firing: boolean;
  start: number;
  end: number;
  windowEnd: number;
  most: number;
}

export function BurstOnTarget(props: BurstOnTargetProps) {
  const { target, outcome, firing, start, end, windowEnd, most } = props;
  const report = outcome?.type === 'study' ? outcome.study : undefined;
  return (
    <TargetCard
      target={target}
      label={`Calls at ${targetTitles[target]}`}
      judgement={outcome && judgeBursts(outcome)}
      waitingFor={firing ? 'Firing' : undefined}
      note={firing && outcome && 'From the firing before; firing again…'}
    >
      {outcome?.type === 'broken' && <HostileText text={outcome.message} as="block" fold={2000} />}
      {report && (
        <>
          <SentenceList title="Mistakes in your file" sentences={report.faults} />
          <p>{describeBursts(report)}</p>
          <BurstTimeline
            report={report}
            start={start}
            end={end}
            windowEnd={windowEnd}
            most={most}
            description={`Timeline. ${describeBursts(report)}`}
          />
          <p>
            In the window, {inSeconds(Math.max(0, windowEnd - MINUTE_MS))} to {inSeconds(windowEnd)}
            : <strong>{countUpTo(timesThatRan(report.calls), windowEnd)} ran</strong>,{' '}
            {countUpTo(timesRefused(report), windowEnd)} did not.
          </p>
          <BurstTable report={report} label={`Bursts at ${targetTitles[target]}`} />
        </>
      )}
    </TargetCard>
  );
}

const timesRefused = ({ calls }: BurstReport): number[] =>
  calls.flatMap(({ at, fate }) => (fate === 'ran' ? [] : [at]));
