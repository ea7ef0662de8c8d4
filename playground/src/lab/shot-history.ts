/**
 * What was fired in this tab, newest first: what went where and the verdicts, never an answer.
 * Outlives a reload of the page.
 */
import { useSyncExternalStore } from 'react';
import type { Tally, TargetName } from '../../lab-api.ts';
import { readFiredShots, withinBounds } from './fired-shots.ts';
import { tallyOf } from './shot-result.ts';
import type { Outcome, Shot, Tallies } from './use-lab-firing.ts';

export interface FiredShot {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  shot: Shot;
  /** A target that has not answered is missing. */
  results: Tallies;
}

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
  keep([{ id, at: Date.now(), shot: exact, results: {} }, ...now()]);
  function tally(target: TargetName, counted: Tally): void {
    keep(
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

export const forgetShots = (): void => keep([]);

export const useFiredShots = (): FiredShot[] => useSyncExternalStore(subscribe, now);

function now(): FiredShot[] {
  shots ??= readFiredShots(readStored());
  return shots;
}

function keep(next: FiredShot[]): void {
  shots = withinBounds(next);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(shots));
  } catch {
    // Storage may be full or switched off; the history then lasts until the page is closed.
  }
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readStored(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}
