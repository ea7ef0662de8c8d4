import type { TargetName } from '../../lab-api.ts';
import type { Outcomes, Shot, Tallies } from './shot.ts';

export interface Fired {
  shot: Shot;
  /** Fills up as targets answer. */
  outcomes: Outcomes;
  /** Of a repeated shot: how it came out so far. */
  tallies: Tallies;
  /** What a shot that was fired again after a save gave before. */
  earlier: Outcomes;
}

export type Run =
  | { state: 'idle' }
  | ({ state: 'running'; awaited: TargetName[] } & Fired)
  | ({ state: 'done' } & Fired)
  | ({ state: 'failed'; message: string } & Fired);
