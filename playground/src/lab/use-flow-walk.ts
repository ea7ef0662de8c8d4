import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FlowEvent, TargetName } from '../../lab-api.ts';
import { describeProblem, LabError, walkFlow } from './lab-client.ts';

export type FlowOutcome = Exclude<FlowEvent, { type: 'done' }>;
export type FlowOutcomes = Partial<Record<TargetName, FlowOutcome>>;

export type FlowRun =
  | { state: 'idle' }
  /** `outcomes` fills up as targets answer; `earlier` is what they answered the time before. */
  | { state: 'walking'; sabotages: string[]; outcomes: FlowOutcomes; earlier: FlowOutcomes }
  | { state: 'done'; sabotages: string[]; outcomes: FlowOutcomes }
  | { state: 'failed'; sabotages: string[]; outcomes: FlowOutcomes; message: string };

export interface FlowWalking {
  run: FlowRun;
  /** Ends a walk that is under way, and begins with these switches on. */
  walk: (sabotages: string[]) => void;
  /** The same, once the switches have been left alone for a moment. */
  walkSoon: (sabotages: string[]) => void;
  /** Walks at `yours` again and keeps what the other targets answered. */
  walkYoursAgain: () => void;
}

/** Long enough to flip two switches in a row. */
const SETTLE_MS = 250;

/** Walks the flow at the lab, one walk at a time; the first, an honest one, begins by itself. */
export function useFlowWalk(targets: readonly TargetName[]): FlowWalking {
  const [run, setRun] = useState<FlowRun>({ state: 'idle' });
  const underWay = useRef<AbortController>(undefined);
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);

  async function follow(sabotages: string[], awaited: TargetName[], kept: FlowOutcomes) {
    underWay.current?.abort();
    const stopped = new AbortController();
    underWay.current = stopped;
    let outcomes = kept;
    const showWalking = (): void => {
      const walking = { state: 'walking', sabotages, outcomes } as const;
      setRun((before) => ({ ...walking, earlier: latestOf(before) }));
    };
    showWalking();
    try {
      for await (const event of await walkFlow({ sabotages, targets: awaited }, stopped.signal)) {
        if (stopped.signal.aborted) return;
        if (event.type === 'done') {
          setRun({ state: 'done', sabotages, outcomes });
          return;
        }
        outcomes = { ...outcomes, [event.target]: event };
        showWalking();
      }
      throw new LabError('The lab stopped before every target had answered.', 0);
    } catch (error) {
      if (stopped.signal.aborted) return;
      setRun({ state: 'failed', sabotages, outcomes, message: describeProblem(error) });
    }
  }

  function walk(sabotages: string[]): void {
    clearTimeout(soon.current);
    void follow(sabotages, [...targets], {});
  }
  const walkHonestly = useEffectEvent(() => walk([]));

  useEffect(() => {
    const first = setTimeout(() => walkHonestly());
    return () => {
      clearTimeout(first);
      clearTimeout(soon.current);
      underWay.current?.abort();
    };
  }, []);

  return {
    run,
    walk,
    walkSoon(sabotages) {
      clearTimeout(soon.current);
      soon.current = setTimeout(() => walk(sabotages), SETTLE_MS);
    },
    walkYoursAgain() {
      if (run.state === 'idle') return;
      const kept = { ...run.outcomes };
      delete kept.yours;
      const awaited = targets.filter((name) => !kept[name]);
      void follow(run.sabotages, awaited, kept);
    },
  };
}

/** What is known of each target, from this walk or the one before. */
export function latestOf(run: FlowRun): FlowOutcomes {
  if (run.state === 'idle') return {};
  return run.state === 'walking' ? { ...run.earlier, ...run.outcomes } : run.outcomes;
}
