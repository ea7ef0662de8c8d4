/** Counting within windows of one minute that begin anywhere. Times are in milliseconds. */
import type { BurstCall } from '../../../studies/burst/shared.ts';

export const MINUTE_MS = 60_000;
/** The clocks of the servers move in steps, so two times may seem closer than a limiter saw them. */
export const CLOCK_STEPS_MS = 20;

/** How many of `times` lie in the minute that ends at `end`, `end` included. */
export function countUpTo(times: readonly number[], end: number): number {
  return times.filter((time) => time <= end && time > end - MINUTE_MS).length;
}

export interface BusiestMinute {
  calls: number;
  /** Of its first and its last call. */
  from: number;
  to: number;
}

/** The minute, less the steps of a clock, with the most of `times`; undefined if there are none. */
export function busiestMinute(times: readonly number[]): BusiestMinute | undefined {
  let busiest: BusiestMinute | undefined;
  for (const end of times) {
    const from = end - MINUTE_MS + CLOCK_STEPS_MS;
    const inside = times.filter((time) => time <= end && time > from);
    if (inside.length > (busiest?.calls ?? 0)) {
      busiest = { calls: inside.length, from: Math.min(...inside), to: end };
    }
  }
  return busiest;
}

export interface CurvePoint {
  at: number;
  calls: number;
}

/** The count up to each moment at which it changes, and at both ends. */
export function countCurve(times: readonly number[], end: number): CurvePoint[] {
  const moments = new Set([0, ...times, ...times.map((time) => time + MINUTE_MS), end]);
  return [...moments]
    .filter((at) => at <= end)
    .sort((one, other) => one - other)
    .map((at) => ({ at, calls: countUpTo(times, at) }));
}

export interface Column {
  /** Middle of the column. */
  at: number;
  ran: number;
  refused: number;
}

/** Calls that are close to each other, in one column each. */
export function columnsOf(calls: readonly BurstCall[], width: number): Column[] {
  const columns = new Map<number, Column>();
  for (const { at, fate } of calls) {
    const place = Math.floor(at / width);
    const column = columns.get(place) ?? { at: (place + 0.5) * width, ran: 0, refused: 0 };
    if (fate === 'ran') column.ran++;
    else column.refused++;
    columns.set(place, column);
  }
  return [...columns.values()].sort((one, other) => one.at - other.at);
}

export const timesThatRan = (calls: readonly BurstCall[]): number[] =>
  calls.flatMap(({ at, fate }) => (fate === 'ran' ? [at] : []));

/** Seconds with one decimal at most, for people. */
export const inSeconds = (milliseconds: number): string =>
  `${Number((milliseconds / 1000).toFixed(1))} s`;
