import { randomInt } from 'node:crypto';
import type {
  BuildRateLimitedResult,
  CreateRateLimiter,
} from '../../exercises/weather-server/controls.ts';

const MINUTE_MS = 60_000;

/**
 * A sliding window: a call is allowed if fewer than the limit were allowed in the 60 seconds before
 * it, so no minute ever holds more, wherever it begins. Refused calls are not counted.
 *
 * Counts under the verified issuer and subject; address, token spelling and headers are the client's
 * own text. Deciding and counting happen in one synchronous step: an `await` in between would let
 * parallel calls all see the same count. Memory is bounded by the users of two minutes. Time is
 * monotonic, because a wall clock can be set back.
 *
 * Counts in this process only. Several processes need a shared store with an atomic step.
 */
export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const toolLimits = new Map(Object.entries(perToolPerMinute));
  const timesOf = rememberCalls();

  return {
    check({ actor, tool }) {
      const now = performance.now();
      // Every anonymous call counts as one user's.
      const user = actor ? [actor.issuer, actor.subject] : [];
      const windows = [{ times: timesOf(user, now), limit: perUserPerMinute }];
      const toolLimit = toolLimits.get(tool);
      if (toolLimit !== undefined) {
        windows.push({ times: timesOf([...user, tool], now), limit: toolLimit });
      }

      const wait = Math.max(...windows.map(({ times, limit }) => waitFor(times, limit, now)));
      if (wait > 0) return { allowed: false, retryAfterMs: wait };
      for (const { times } of windows) times.push(now);
      return { allowed: true };
    },
  };
};

/**
 * Times of allowed calls, oldest first, by whose they are. Every minute a new map takes over, and the
 * one before the last is dropped whole: nobody in it has called within the minute. To look for those
 * one by one would make some call wait for all of them.
 */
function rememberCalls(): (whose: string[], now: number) => number[] {
  let latest = new Map<string, number[]>();
  let before = new Map<string, number[]>();
  let since = -Infinity;

  return (whose, now) => {
    if (now - since >= MINUTE_MS) {
      before = latest;
      latest = new Map();
      since = now;
    }
    const key = JSON.stringify(whose); // No separator is safe in a subject.
    const times = latest.get(key) ?? before.get(key) ?? [];
    latest.set(key, times);
    return times;
  };
}

/** Drops what is older than a minute; then the time until another call fits, 0 if it fits now. */
function waitFor(times: number[], limit: number, now: number): number {
  const firstInside = times.findIndex((time) => now - time < MINUTE_MS);
  times.splice(0, firstInside === -1 ? times.length : firstInside);
  if (times.length < limit) return 0;
  // A limit of 0 blocks for a whole minute from now; the subtraction in this order stays within one.
  const blocking = times[times.length - limit] ?? now;
  return MINUTE_MS - (now - blocking);
}

const LONGEST_WAIT_SECONDS = 60;
/** Of callers that are refused at one moment, not all come back at the same. */
const SPREAD_SECONDS = 10;

/**
 * The tool result of a refused call, in the shape of the course module. Seconds are rounded up: a
 * client that waits exactly as long as it is told must not be refused again. By chance some seconds
 * are added, as far as a minute allows, so that many clients of one user do not return as a herd;
 * nobody is told less than the truth.
 */
export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const soonest = Math.max(1, Math.ceil(retryAfterMs / 1000));
  const room = Math.max(0, Math.min(SPREAD_SECONDS, LONGEST_WAIT_SECONDS - soonest));
  const error = {
    code: 'RATE_LIMITED',
    retryable: true,
    retry_after_seconds: soonest + randomInt(room + 1),
  };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
