import type { FireEvent, FireRequest, Tally, TargetName, UseRequest } from '../../lab-api.ts';

/** One press of the button: what goes where, and how often. */
export type Shot =
  | { kind: 'attack'; slug: string; request: FireRequest }
  | { kind: 'use'; slug: string; request: UseRequest };

export type Outcome = Exclude<FireEvent, { type: 'done' | 'tally' }>;
export type Outcomes = Partial<Record<TargetName, Outcome>>;
export type Tallies = Partial<Record<TargetName, Tally>>;

/** A shot of the past, as the page remembers it. */
export interface FiredShot {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  shot: Shot;
  /** A target that has not answered is missing. */
  results: Tallies;
}
