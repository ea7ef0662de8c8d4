import { useEffect, useRef, useState } from 'react';
import type { Tally, TargetName } from '../../lab-api.ts';
import { describeProblem, fireAttack, LabError, tryUse } from './lab-client.ts';
import type { Fired, Run } from './firing-run.ts';
import { keepRun, recallRun } from './kept-run.ts';
import type { Outcome, Shot } from './shot.ts';
import { recordShot, type ShotRecord } from './shot-history.ts';

export interface Firing {
  run: Run;
  fire: (shot: Shot) => void;
  /** Fires the latest shot at `yours` again and keeps what the other targets answered. */
  fireAgain: () => void;
  stop: () => void;
}

type OnOutcome = (shot: Shot, outcome: Outcome, tally: Tally | undefined) => void;

/** Fires shots at the lab, one at a time; a new one ends the one before. */
export function useLabFiring(slug: string, onOutcome: OnOutcome): Firing {
  const [run, setRun] = useState<Run>(() => recallRun(slug) ?? { state: 'idle' });
  useEffect(() => {
    if (run.state === 'done') keepRun(slug, run);
  }, [slug, run]);
  const underWay = useRef<AbortController>(undefined);

  useEffect(() => () => underWay.current?.abort(), []);

  async function follow(before: Fired, awaited: TargetName[]): Promise<void> {
    underWay.current?.abort();
    const stopped = new AbortController();
    underWay.current = stopped;
    const { shot } = before;
    const record: ShotRecord = recordShot(shot, awaited);
    let fired = before;
    setRun({ state: 'running', awaited, ...fired });
    try {
      for await (const event of await send(shot, awaited, stopped.signal)) {
        if (stopped.signal.aborted) return;
        if (event.type === 'done') {
          setRun({ state: 'done', ...fired });
          return;
        }
        const { target } = event;
        if (event.type === 'tally') {
          fired = { ...fired, tallies: { ...fired.tallies, [target]: event.tally } };
          record.tally(target, event.tally);
        } else {
          fired = { ...fired, outcomes: { ...fired.outcomes, [target]: event } };
          record.outcome(target, event, fired.tallies[target]);
          onOutcome(shot, event, fired.tallies[target]);
        }
        setRun({ state: 'running', awaited, ...fired });
      }
      throw new LabError('The lab stopped before every target had answered.', 0);
    } catch (error) {
      if (stopped.signal.aborted) return;
      setRun({ state: 'failed', ...fired, message: describeProblem(error) });
    }
  }

  return {
    run,
    fire(shot) {
      void follow({ shot, outcomes: {}, tallies: {}, earlier: {} }, shot.request.targets);
    },
    fireAgain() {
      if (run.state === 'idle' || !run.shot.request.targets.includes('yours')) return;
      const { shot, outcomes, tallies, earlier } = run;
      const { yours, ...others } = outcomes;
      const { yours: _, ...otherTallies } = tallies;
      const awaited = shot.request.targets.filter((name) => name === 'yours' || !outcomes[name]);
      void follow(
        { shot, outcomes: others, tallies: otherTallies, earlier: yours ? { yours } : earlier },
        awaited,
      );
    },
    stop() {
      underWay.current?.abort();
      if (run.state !== 'running') return;
      const { awaited: _, ...fired } = run;
      setRun({ ...fired, state: 'failed', message: 'Stopped.' });
    },
  };
}

function send(shot: Shot, targets: TargetName[], signal: AbortSignal) {
  return shot.kind === 'attack'
    ? fireAttack({ ...shot.request, targets }, signal)
    : tryUse({ ...shot.request, targets }, signal);
}
