import type {
  CreateRateLimiter,
  RequireSingleMessage,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Even an await that waits for nothing lets the other calls of a batch in between reading and counting, and batches are accepted.';
export const caughtBy = ['rl-batch', 'rl-race'];

const MINUTE_MS = 60_000;

/** The interface of a cache client, so that another store can take its place. */
class MemoryCache {
  readonly #values = new Map<string, number>();

  async get(key: string): Promise<number> {
    return this.#values.get(key) ?? 0;
  }
  async set(key: string, value: number): Promise<void> {
    this.#values.set(key, value);
  }
  clear(): void {
    this.#values.clear();
  }
}

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const cache = new MemoryCache();
  let endsAt = 0;

  const spend = async (key: string, limit: number): Promise<boolean> => {
    const count = await cache.get(key);
    if (count >= limit) return false;
    await cache.set(key, count + 1);
    return true;
  };

  return {
    async check({ actor, tool }) {
      const now = Date.now();
      if (now >= endsAt) {
        cache.clear();
        endsAt = now + MINUTE_MS;
      }
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const allowed =
        (await spend(user, perUserPerMinute)) &&
        (await spend(`${user} ${tool}`, perToolPerMinute[tool] ?? Infinity));
      return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
    },
  };
};

export const requireSingleMessage: RequireSingleMessage = () => undefined;
