import { setTimeout as pause } from 'node:timers/promises';
import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The count is read, awaited and written back: calls that arrive meanwhile all read the same number.';
export const caughtBy = ['rl-race'];

const MINUTE_MS = 60_000;

interface Entry {
  count: number;
  endsAt: number;
}

/** Stands for a store in another process; every question goes over the network. */
class Store {
  readonly #entries = new Map<string, Entry>();

  async get(key: string): Promise<Entry | undefined> {
    await pause(1);
    return this.#entries.get(key);
  }

  async set(key: string, entry: Entry): Promise<void> {
    await pause(1);
    this.#entries.set(key, entry);
    for (const [other, { endsAt }] of this.#entries) {
      if (endsAt > Date.now()) break;
      this.#entries.delete(other);
    }
  }
}

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const store = new Store();

  async function spend(key: string, limit: number): Promise<LimitDecision> {
    const now = Date.now();
    const stored = await store.get(key);
    const entry = stored && stored.endsAt > now ? stored : { count: 0, endsAt: now + MINUTE_MS };
    if (entry.count >= limit) return { allowed: false, retryAfterMs: entry.endsAt - now };
    await store.set(key, { ...entry, count: entry.count + 1 });
    return { allowed: true };
  }

  return {
    async check({ actor, tool }) {
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const toolLimit = perToolPerMinute[tool];
      if (toolLimit !== undefined) {
        const decision = await spend(`${user} ${tool}`, toolLimit);
        if (!decision.allowed) return decision;
      }
      return spend(user, perUserPerMinute);
    },
  };
};
