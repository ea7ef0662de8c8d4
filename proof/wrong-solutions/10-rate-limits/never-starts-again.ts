import type { CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Calls are counted and nothing takes them away again: the sixtieth call of a user is the last.';
export const caughtBy = [
  'rl-burst',
  'rl-key-flood',
  'works-again-after-a-minute',
  'waiting-as-told-helps',
  'told-waits-are-true',
];

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const counts = new Map<string, number>();

  const spend = (key: string, limit: number): boolean => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= limit;
  };

  return {
    check({ actor, tool }) {
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const allowed =
        spend(user, perUserPerMinute) &&
        spend(`${user} ${tool}`, perToolPerMinute[tool] ?? Infinity);
      return allowed ? { allowed } : { allowed, retryAfterMs: 60_000 };
    },
  };
};
