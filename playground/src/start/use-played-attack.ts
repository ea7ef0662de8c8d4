import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { AttackSummary } from '../../lab-api.ts';
import type { BegunRun } from '../console/use-firing-bench.ts';
import { targetNames } from '../console/targets.ts';
import { describeProblem, fireAttack } from '../lab-client/lab-client.ts';

/**
 * Fires one attack for show when the page is opened, and again when asked to. It is as real as any,
 * but it is not the learner's: neither the history nor the progress hears of it.
 */
export function usePlayedAttack(
  slug: string,
  attack: AttackSummary,
): { run: BegunRun | undefined; play: () => void } {
  const [run, setRun] = useState<BegunRun>();
  const underWay = useRef<AbortController>(undefined);

  async function play(): Promise<void> {
    underWay.current?.abort();
    const stopped = new AbortController();
    underWay.current = stopped;
    const targets = [...targetNames];
    const request = {
      attackId: attack.id,
      variant: Object.keys(attack.variants)[0] ?? '',
      targets,
    };
    let fired = {
      shot: { kind: 'attack', slug, request } as const,
      outcomes: {},
      tallies: {},
      earlier: {},
    };
    setRun({ state: 'running', awaited: targets, ...fired });
    try {
      for await (const event of await fireAttack(request, stopped.signal)) {
        if (stopped.signal.aborted) return;
        if (event.type === 'done') setRun({ state: 'done', ...fired });
        else if (event.type !== 'tally') {
          fired = { ...fired, outcomes: { ...fired.outcomes, [event.target]: event } };
          setRun({ state: 'running', awaited: targets, ...fired });
        }
      }
    } catch (error) {
      if (stopped.signal.aborted) return;
      setRun({ state: 'failed', ...fired, message: describeProblem(error) });
    }
  }

  const playNow = useEffectEvent(() => void play());
  useEffect(() => {
    // A turn later: what is fired by a page that goes away at once is broken off.
    const soon = setTimeout(() => playNow());
    return () => {
      clearTimeout(soon);
      underWay.current?.abort();
    };
  }, []);

  return { run, play: () => void play() };
}
