import type { AttackReport, UseReport } from '../../../grader/attacks/attack.ts';
import { ExchangesAndTape } from './exchanges-and-tape.tsx';
import { Findings } from './findings.tsx';

interface TargetEvidenceProps {
  report: AttackReport | UseReport;
}

/** Findings, exchanges and tape of one report. */
export function TargetEvidence({ report }: TargetEvidenceProps) {
  return (
    <>
      <Findings report={report} />
      <ExchangesAndTape
        exchanges={report.exchanges}
        tape={report.tape}
        showRoles={'attackId' in report}
        firstOpen={firstAttack(report)}
      />
    </>
  );
}

/** Its number is unfolded at first, unless it is one of very many. */
function firstAttack(report: AttackReport | UseReport): number {
  const role = 'attackId' in report ? 'attack' : 'control';
  return report.exchanges.findIndex((exchange) => exchange.role === role) + 1;
}
