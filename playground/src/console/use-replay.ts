import { useEffect, useEffectEvent } from 'react';
import type { Shot } from '../lab-client/shot.ts';
import { shotId } from './make-shot.ts';

/** A shot that waits for its attack to be shown, maybe in another console. */
let waiting: Shot | undefined;

/** Fires a shot once more: at once if its attack is the one shown, or else when it has been opened. */
export function useReplay(
  shownId: string,
  fire: (shot: Shot) => void,
  open: (id: string) => void,
): (shot: Shot) => void {
  const fireWaiting = useEffectEvent((id: string) => {
    if (!waiting || shotId(waiting) !== id) return;
    const shot = waiting;
    waiting = undefined;
    fire(shot);
  });

  useEffect(() => {
    // A turn later: what is fired by a page that goes away at once is broken off.
    const soon = setTimeout(() => fireWaiting(shownId));
    return () => clearTimeout(soon);
  }, [shownId]);

  return (shot) => {
    if (shotId(shot) === shownId) {
      fire(shot);
    } else {
      waiting = shot;
      open(shotId(shot));
    }
  };
}
