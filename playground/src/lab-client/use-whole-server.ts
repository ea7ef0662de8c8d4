import { useEffect, useRef, useState } from 'react';
import type { WholeServerItem } from '../../../grader/whole-server.ts';
import type { WholeServerRequest } from '../../lab-api.ts';
import { keepJson, recallJson } from '../text/page-storage.ts';
import { describeProblem, LabError, runWholeServerCheck } from './lab-client.ts';

interface WholeServerSoFar extends WholeServerRequest {
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
  start: (request: WholeServerRequest) => void;
  stop: () => void;
}

const KEY = 'whole-server-check-of-part';

/** The key changes with the shape; that it is an object at all is enough. */
const isRun = (value: unknown): value is WholeServerRun =>
  typeof value === 'object' && value !== null && 'state' in value && 'items' in value;

/** Runs one check at a time; leaving the page ends it. What it found outlives a reload. */
export function useWholeServer(): WholeServerChecking {
  const [run, setRun] = useState<WholeServerRun>(
    () => recallJson('tab', KEY, isRun) ?? { state: 'idle' },
  );
  useEffect(() => {
    if (run.state !== 'idle' && run.state !== 'running') keepJson('tab', KEY, run);
  }, [run]);
  const underWay = useRef<AbortController>(undefined);
  useEffect(() => () => underWay.current?.abort(), []);

  async function follow(request: WholeServerRequest): Promise<void> {
    underWay.current?.abort();
    const stopped = new AbortController();
    underWay.current = stopped;
    let soFar: WholeServerSoFar = { ...request, planned: 0, items: [] };
    setRun({ state: 'running', ...soFar });
    try {
      for await (const event of await runWholeServerCheck(request, stopped.signal)) {
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
    start: (request) => void follow(request),
    stop() {
      underWay.current?.abort();
      setRun((now) => (now.state === 'running' ? { ...now, state: 'stopped' } : now));
    },
  };
}
