import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A key is joined with colons, and the length of each part stands before it: no name can hold the border.';

const MINUTE_MS = 60_000;

const keyOf = (...parts: string[]): string =>
  parts.map((part) => `${part.length}:${part}`).join(':');

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  let counts = new Map<string, number>();
  let endsAt = 0;

  return {
    check({ actor, tool }): LimitDecision {
      const now = performance.now();
      if (now >= endsAt) {
        counts = new Map();
        endsAt = now + MINUTE_MS;
      }
      const user = keyOf(actor?.issuer ?? '', actor?.subject ?? '');
      const ofTool = keyOf(actor?.issuer ?? '', actor?.subject ?? '', tool);
      const isFull =
        (counts.get(user) ?? 0) >= perUserPerMinute ||
        (counts.get(ofTool) ?? 0) >= (perToolPerMinute[tool] ?? Infinity);
      if (isFull) return { allowed: false, retryAfterMs: endsAt - now };
      for (const key of [user, ofTool]) counts.set(key, (counts.get(key) ?? 0) + 1);
      return { allowed: true };
    },
  };
};
