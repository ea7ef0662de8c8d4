import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Windows are kept in a plain object under the bare subject: for a user called __proto__ it finds Object.prototype, and counts there.';
export const caughtBy = ['rl-burst', 'rl-key-flood', 'serves-odd-names'];

const MINUTE_MS = 60_000;

interface Windows {
  [key: string]: { count: number; endsAt: number };
}

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const windows: Windows = {};

  const spend = (key: string, limit: number): LimitDecision => {
    const now = Date.now();
    const window = (windows[key] ??= { count: 0, endsAt: now + MINUTE_MS });
    if (now >= window.endsAt) Object.assign(window, { count: 0, endsAt: now + MINUTE_MS });
    window.count += 1;
    if (window.count <= limit) return { allowed: true };
    return { allowed: false, retryAfterMs: window.endsAt - now };
  };

  // Unref: a timer must not keep a server alive that wants to stop.
  setInterval(() => {
    for (const [key, { endsAt }] of Object.entries(windows)) {
      if (Date.now() >= endsAt) delete windows[key];
    }
  }, MINUTE_MS).unref();

  return {
    check({ actor, tool }) {
      const user = actor?.subject ?? 'anonymous';
      const decision = spend(JSON.stringify([user, tool]), perToolPerMinute[tool] ?? Infinity);
      return decision.allowed ? spend(user, perUserPerMinute) : decision;
    },
  };
};
