import { setTimeout as pause } from 'node:timers/promises';
import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The store is asynchronous; calls of one user wait for each other, so that reading and writing are one step.';

const MINUTE_MS = 60_000;

interface Entry {
  count: number;
  endsAt: number;
}

/** Stands for a store in another process, which drops an entry when its time is over. */
class Store {
  readonly #entries = new Map<string, Entry>();

  async get(key: string): Promise<Entry | undefined> {
    await pause(1);
    return this.#entries.get(key);
  }

  async set(key: string, entry: Entry): Promise<void> {
    await pause(1);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    for (const [other, { endsAt }] of this.#entries) {
      if (endsAt > Date.now()) break;
      this.#entries.delete(other);
    }
  }
}

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const store = new Store();
  const turns = new Map<string, Promise<unknown>>();

  async function decide(user: string, tool: string): Promise<LimitDecision> {
    const now = Date.now();
    const limits = new Map([[user, perUserPerMinute]]);
    const toolLimit = perToolPerMinute[tool];
    if (toolLimit !== undefined) limits.set(`${user} ${tool}`, toolLimit);
    let retryAfterMs = 0;
    const next: [key: string, entry: Entry][] = [];
    for (const [key, limit] of limits) {
      const stored = await store.get(key);
      const entry = stored && stored.endsAt > now ? stored : { count: 0, endsAt: now + MINUTE_MS };
      if (entry.count >= limit) retryAfterMs = Math.max(retryAfterMs, entry.endsAt - now);
      next.push([key, { ...entry, count: entry.count + 1 }]);
    }
    if (retryAfterMs > 0) return { allowed: false, retryAfterMs };
    for (const [key, entry] of next) await store.set(key, entry);
    return { allowed: true };
  }

  return {
    async check({ actor, tool }) {
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const before = turns.get(user) ?? Promise.resolve();
      // The next call goes on whether or not this one fails, and the last one tidies up.
      const turn = before.catch(() => undefined).then(() => decide(user, tool));
      turns.set(user, turn);
      try {
        return await turn;
      } finally {
        if (turns.get(user) === turn) turns.delete(user);
      }
    },
  };
};
