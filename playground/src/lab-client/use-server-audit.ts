import { useEffect, useRef, useState } from 'react';
import type { ServerAuditRequest, ServerAuditStep } from '../../lab-api.ts';
import { auditServer, describeProblem, LabError } from './lab-client.ts';

type AuditDone = Extract<ServerAuditStep, { type: 'done' }>;

export type AuditRun =
  | { state: 'idle' }
  | {
      state: 'running';
      requests: number;
      /** Where to sign in, once the audit waits for that. */
      signInAt?: string;
    }
  | { state: 'stopped'; requests: number }
  | ({ state: 'done' } & Omit<AuditDone, 'type'>)
  | { state: 'failed'; message: string };

interface ServerAuditing {
  run: AuditRun;
  start: (request: ServerAuditRequest) => void;
  stop: () => void;
}

/** Runs one audit at a time; leaving the page ends it. */
export function useServerAudit(): ServerAuditing {
  const [run, setRun] = useState<AuditRun>({ state: 'idle' });
  const underWay = useRef<AbortController>(undefined);
  useEffect(() => () => underWay.current?.abort(), []);

  async function follow(request: ServerAuditRequest): Promise<void> {
    underWay.current?.abort();
    const stopped = new AbortController();
    underWay.current = stopped;
    setRun({ state: 'running', requests: 0 });
    try {
      for await (const step of await auditServer(request, stopped.signal)) {
        if (stopped.signal.aborted) return;
        setRun((before) => after(before, step));
        if (step.type === 'done' || step.type === 'problem') return;
      }
      throw new LabError('The lab stopped before the audit was over.', 0);
    } catch (error) {
      if (!stopped.signal.aborted) setRun({ state: 'failed', message: describeProblem(error) });
    }
  }

  return {
    run,
    start: (request) => void follow(request),
    stop() {
      underWay.current?.abort();
      setRun((now) =>
        now.state === 'running' ? { state: 'stopped', requests: now.requests } : now,
      );
    },
  };
}

function after(before: AuditRun, step: ServerAuditStep): AuditRun {
  const running = before.state === 'running' ? before : { state: 'running' as const, requests: 0 };
  switch (step.type) {
    case 'asked':
      return { ...running, requests: step.requests };
    case 'sign-in':
      return { ...running, signInAt: step.url };
    case 'problem':
      return { state: 'failed', message: step.message };
    case 'done':
      return { state: 'done', result: step.result, counts: step.counts, reports: step.reports };
  }
}
