import { useEffect, useRef, useState } from 'react';
import type { AuditItem } from '../../../grader/whole-server.ts';
import type { TargetName } from '../../lab-api.ts';
import { describeProblem, LabError, runAudit } from './lab-client.ts';

export interface AuditSoFar {
  target: TargetName;
  /** How many items there will be; 0 until the lab has said so. */
  planned: number;
  items: AuditItem[];
}

export type AuditRun =
  | { state: 'idle' }
  | ({ state: 'running' | 'stopped' } & AuditSoFar)
  /** `report` is the checklist as Markdown. */
  | ({ state: 'done'; report: string } & AuditSoFar)
  | ({ state: 'failed'; message: string } & AuditSoFar);

export interface Auditing {
  run: AuditRun;
  start: (target: TargetName) => void;
  stop: () => void;
}

/** Runs one audit at a time; leaving the page ends it. */
export function useAudit(): Auditing {
  const [run, setRun] = useState<AuditRun>({ state: 'idle' });
  const underWay = useRef<AbortController>(undefined);
  useEffect(() => () => underWay.current?.abort(), []);

  async function follow(target: TargetName): Promise<void> {
    underWay.current?.abort();
    const stopped = new AbortController();
    underWay.current = stopped;
    let soFar: AuditSoFar = { target, planned: 0, items: [] };
    setRun({ state: 'running', ...soFar });
    try {
      for await (const event of await runAudit({ target }, stopped.signal)) {
        if (stopped.signal.aborted) return;
        if (event.type === 'done') {
          setRun({ state: 'done', ...soFar, report: event.report });
          return;
        }
        soFar =
          event.type === 'plan'
            ? { ...soFar, planned: event.items }
            : { ...soFar, items: [...soFar.items, event.item] };
        setRun({ state: 'running', ...soFar });
      }
      throw new LabError('The lab stopped before the audit was over.', 0);
    } catch (error) {
      if (stopped.signal.aborted) return;
      setRun({ state: 'failed', ...soFar, message: describeProblem(error) });
    }
  }

  return {
    run,
    start: (target) => void follow(target),
    stop() {
      underWay.current?.abort();
      setRun((now) => (now.state === 'running' ? { ...now, state: 'stopped' } : now));
    },
  };
}
