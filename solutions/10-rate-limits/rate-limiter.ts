import type {
  BuildRateLimitedResult,
  CreateRateLimiter,
  ToolCall,
} from '../../exercises/weather-server/controls.ts';

const MINUTE_MS = 60_000;

/**
 * A sliding window: a call is allowed if fewer than the limit were allowed in the 60 seconds before
 * it, so no minute ever holds more, wherever it begins. Refused calls are not counted.
 *
 * Counts under the verified issuer and subject; address, token spelling and headers are the client's
 * own text. Deciding and counting happen in one synchronous step: an `await` in between would let
 * parallel calls all see the same count. Users are kept in the order of their latest call, so those
 * whose minute is over stand at the front and are dropped from there; memory is bounded by the users
 * of one minute. Time is monotonic, because a wall clock can be set back.
 *
 * Counts in this process only. Several processes need a shared store with an atomic step.
 */
export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const users = new Map<string, UserWindow>();
  const toolLimits = new Map(Object.entries(perToolPerMinute));

  return {
    check(call) {
      const now = performance.now();
      forgetIdle(users, now);
      const key = userKey(call);
      const window = users.get(key) ?? { all: [], byTool: new Map<string, number[]>() };

      const toolLimit = toolLimits.get(call.tool);
      const ofTool = window.byTool.get(call.tool) ?? [];
      const wait = Math.max(
        waitFor(window.all, perUserPerMinute, now),
        toolLimit === undefined ? 0 : waitFor(ofTool, toolLimit, now),
      );
      if (wait > 0) return { allowed: false, retryAfterMs: wait };

      window.all.push(now);
      if (toolLimit !== undefined) {
        ofTool.push(now);
        window.byTool.set(call.tool, ofTool);
      }
      users.delete(key);
      users.set(key, window);
      return { allowed: true };
    },
  };
};

/** Times of the allowed calls of the last minute, oldest first. */
interface UserWindow {
  all: number[];
  byTool: Map<string, number[]>;
}

/** As JSON, because no separator is safe in a subject; every anonymous call counts as one user's. */
const userKey = ({ actor }: ToolCall): string =>
  actor ? JSON.stringify([actor.issuer, actor.subject]) : 'anonymous';

/** Drops what is older than a minute; then the time until another call fits, 0 if it fits now. */
function waitFor(times: number[], limit: number, now: number): number {
  const firstInside = times.findIndex((time) => now - time < MINUTE_MS);
  times.splice(0, firstInside === -1 ? times.length : firstInside);
  if (times.length < limit) return 0;
  // A limit of 0 blocks for a whole minute from now; the subtraction in this order stays within one.
  const blocking = times[times.length - limit] ?? now;
  return MINUTE_MS - (now - blocking);
}

function forgetIdle(users: Map<string, UserWindow>, now: number): void {
  for (const [key, { all }] of users) {
    if ((all.at(-1) ?? 0) > now - MINUTE_MS) return;
    users.delete(key);
  }
}

/**
 * The tool result of a refused call, in the shape of the course module. Seconds are rounded up: a
 * client that waits exactly as long as it is told must not be refused again.
 */
export const buildRateLimitedResult: BuildRateLimitedResult = (retryAfterMs) => {
  const error = {
    code: 'RATE_LIMITED',
    retryable: true,
    retry_after_seconds: Math.max(1, Math.ceil(retryAfterMs / 1000)),
  };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
};
