/**
 * What was fired in this tab, newest first: what went where and the verdicts, never an answer.
 * Outlives a reload of the page.
 */
import { useSyncExternalStore } from 'react';
import type { Tally, TargetName } from '../../lab-api.ts';
import { keep, recall } from '../text/page-storage.ts';
import { readFiredShots, withinBounds } from './fired-shots.ts';
import type { FiredShot, Outcome, Shot } from './shot.ts';
import { tallyOf } from './shot-result.ts';

/** Writes down how a shot comes out. */
export interface ShotRecord {
  tally(target: TargetName, tally: Tally): void;
  outcome(target: TargetName, outcome: Outcome, tally: Tally | undefined): void;
}

const KEY = 'shots';
const listeners = new Set<() => void>();
let shots: FiredShot[] | undefined;

export function recordShot(shot: Shot, targets: TargetName[]): ShotRecord {
  const id = crypto.randomUUID();
  const exact = { ...shot, request: { ...shot.request, targets } } as Shot;
  replace([{ id, at: Date.now(), shot: exact, results: {} }, ...now()]);
  function tally(target: TargetName, counted: Tally): void {
    replace(
      now().map((fired) =>
        fired.id === id ? { ...fired, results: { ...fired.results, [target]: counted } } : fired,
      ),
    );
  }
  return {
    tally,
    outcome: (target, outcome, counted) => tally(target, tallyOf(outcome, counted)),
  };
}

export const forgetShots = (): void => replace([]);

export const useFiredShots = (): FiredShot[] => useSyncExternalStore(subscribe, now);

function now(): FiredShot[] {
  shots ??= readFiredShots(recall('tab', KEY));
  return shots;
}

function replace(next: FiredShot[]): void {
  shots = withinBounds(next);
  keep('tab', KEY, JSON.stringify(shots));
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
