import { useState } from 'react';
import type { AttackReport, UseReport } from '../../../grader/attacks/attack.ts';
import { ExchangeList } from './exchange-list.tsx';
import { Findings } from './findings.tsx';
import { TapeList } from './tape-list.tsx';

interface TargetEvidenceProps {
  report: AttackReport | UseReport;
}

/** Findings, exchanges and tape of one report, and which exchanges are unfolded. */
export function TargetEvidence({ report }: TargetEvidenceProps) {
  const { exchanges, tape } = report;
  const [open, setOpen] = useState<ReadonlySet<number>>(() => new Set([firstAttack(report)]));
  /** The exchange the tape pointed at; a new object each time, so that it can point twice. */
  const [pointed, setPointed] = useState<{ number: number }>();

  function toggle(number: number): void {
    const next = new Set(open);
    if (!next.delete(number)) next.add(number);
    setOpen(next);
  }

  return (
    <>
      <Findings report={report} />
      <ExchangeList
        exchanges={exchanges}
        showRoles={'attackId' in report}
        open={open}
        onToggle={toggle}
        pointed={pointed}
        onUnpoint={() => setPointed(undefined)}
      />
      <TapeList
        tape={tape}
        exchanges={exchanges}
        foldControls={'attackId' in report}
        onPoint={(number) => {
          setOpen(new Set(open).add(number));
          setPointed({ number });
        }}
      />
    </>
  );
}

/** Its number is unfolded at first, unless it is one of very many. */
function firstAttack(report: AttackReport | UseReport): number {
  const role = 'attackId' in report ? 'attack' : 'control';
  return report.exchanges.findIndex((exchange) => exchange.role === role) + 1;
}
