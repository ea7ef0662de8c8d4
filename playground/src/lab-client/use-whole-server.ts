import { useEffect, useRef, useState } from 'react';
import type { WholeServerItem } from '../../../grader/whole-server.ts';
import type { TargetName } from '../../lab-api.ts';
import { describeProblem, LabError, runWholeServerCheck } from './lab-client.ts';

interface WholeServerSoFar {
  target: TargetName;
  /** How many items there will be; 0 until the lab has said so. */
  planned: number;
  items: WholeServerItem[];
}

export type WholeServerRun =
  | { state: 'idle' }
  | ({ state: 'running' | 'stopped' } & WholeServerSoFar)
  /** `report` is the checklist as Markdown. */
  | ({ state: 'done'; report: string } & WholeServerSoFar)
  | ({ state: 'failed'; message: string } & WholeServerSoFar);

export interface WholeServerChecking {
  run: WholeServerRun;
  start: (target: TargetName) => void;
  stop: () => void;
}

/** Runs one check at a time; leaving the page ends it. */
export function useWholeServer(): WholeServerChecking {
  const [run, setRun] = useState<WholeServerRun>({ state: 'idle' });
  const underWay = useRef<AbortController>(undefined);
  useEffect(() => () => underWay.current?.abort(), []);

  async function follow(target: TargetName): Promise<void> {
    underWay.current?.abort();
    const stopped = new AbortController();
    underWay.current = stopped;
    let soFar: WholeServerSoFar = { target, planned: 0, items: [] };
    setRun({ state: 'running', ...soFar });
    try {
      for await (const event of await runWholeServerCheck({ target }, stopped.signal)) {
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
      throw new LabError('The lab stopped before the check was over.', 0);
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
