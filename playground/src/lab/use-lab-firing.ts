import { useEffect, useRef, useState } from 'react';
import type { FireEvent, FireRequest, TargetName, UseRequest } from '../../lab-api.ts';
import { describeProblem, fireAttack, LabError, tryUse } from './lab-client.ts';

/** One press of the button: what goes where. */
export type Shot =
  | { kind: 'attack'; slug: string; request: FireRequest }
  | { kind: 'use'; slug: string; request: UseRequest };

export type Outcome = Exclude<FireEvent, { type: 'done' }>;
export type Outcomes = Partial<Record<TargetName, Outcome>>;

export type Run =
  | { state: 'idle' }
  /** `outcomes` fills up as targets answer; `earlier` is what a repeated shot replaces. */
  | { state: 'running'; shot: Shot; awaited: TargetName[]; outcomes: Outcomes; earlier: Outcomes }
  | { state: 'done'; shot: Shot; outcomes: Outcomes; earlier: Outcomes }
  | { state: 'failed'; shot: Shot; outcomes: Outcomes; earlier: Outcomes; message: string };

export interface Firing {
  run: Run;
  fire: (shot: Shot) => void;
  /** Fires the latest shot at `yours` again and keeps what the other targets answered. */
  fireAgain: () => void;
  stop: () => void;
}

/** Fires shots at the lab, one at a time; a new one ends the one before. */
export function useLabFiring(onOutcome: (shot: Shot, outcome: Outcome) => void): Firing {
  const [run, setRun] = useState<Run>({ state: 'idle' });
  const underWay = useRef<AbortController>(undefined);

  useEffect(() => () => underWay.current?.abort(), []);

  async function follow(shot: Shot, awaited: TargetName[], kept: Outcomes, earlier: Outcomes) {
    underWay.current?.abort();
    const stopped = new AbortController();
    underWay.current = stopped;
    let outcomes = kept;
    setRun({ state: 'running', shot, awaited, outcomes, earlier });
    try {
      for await (const event of await send(shot, awaited, stopped.signal)) {
        if (stopped.signal.aborted) return;
        if (event.type === 'done') {
          setRun({ state: 'done', shot, outcomes, earlier });
          return;
        }
        outcomes = { ...outcomes, [event.target]: event };
        setRun({ state: 'running', shot, awaited, outcomes, earlier });
        onOutcome(shot, event);
      }
      throw new LabError('The lab stopped before every target had answered.', 0);
    } catch (error) {
      if (stopped.signal.aborted) return;
      setRun({ state: 'failed', shot, outcomes, earlier, message: describeProblem(error) });
    }
  }

  return {
    run,
    fire: (shot) => void follow(shot, shot.request.targets, {}, {}),
    fireAgain() {
      if (run.state === 'idle' || !run.shot.request.targets.includes('yours')) return;
      const { shot, outcomes } = run;
      const { yours, ...others } = outcomes;
      const awaited = shot.request.targets.filter((name) => name === 'yours' || !outcomes[name]);
      void follow(shot, awaited, others, yours ? { yours } : run.earlier);
    },
    stop() {
      underWay.current?.abort();
      if (run.state !== 'running') return;
      const { shot, outcomes, earlier } = run;
      setRun({ state: 'failed', shot, outcomes, earlier, message: 'Stopped.' });
    },
  };
}

function send(shot: Shot, targets: TargetName[], signal: AbortSignal) {
  return shot.kind === 'attack'
    ? fireAttack({ ...shot.request, targets }, signal)
    : tryUse({ ...shot.request, targets }, signal);
}
