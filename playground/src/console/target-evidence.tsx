import type { AttackReport, UseReport } from '../../../lab/protocol.ts';
import { ExchangesAndTape } from './exchanges-and-tape.tsx';
import { Findings } from './findings.tsx';
import { GatewayReadings } from './gateway-readings.tsx';
import { LeftOutNote } from './left-out-note.tsx';
import { ReplayContext } from './replay-context.ts';

interface TargetEvidenceProps {
  report: AttackReport | UseReport;
}

/** Findings, exchanges and tape of one report. */
export function TargetEvidence({ report }: TargetEvidenceProps) {
  return (
    <ReplayContext value={report.replay}>
      <Findings report={report} />
      <GatewayReadings exchanges={report.exchanges} tape={report.tape} />
      <ExchangesAndTape
        exchanges={report.exchanges}
        tape={report.tape.filter(({ kind }) => kind !== 'gate')}
        showRoles={'attackId' in report}
        firstOpen={toLookAtFirst(report)}
      />
      {report.leftOut && <LeftOutNote leftOut={report.leftOut} />}
    </ReplayContext>
  );
}

/** Number of the exchange that is unfolded at first, unless it is one of very many. */
function toLookAtFirst(report: AttackReport | UseReport): number {
  if (!('attackId' in report)) return report.exchanges.length;
  return report.exchanges.findIndex(({ requestId }) => requestId === report.decisive) + 1;
}
