import type { CreateSharedLimiter } from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';
import type { SharedStore } from '../../../exercises/weather-server/world/shared-store.ts';

export const idea =
  'The times of a user’s calls are one text, put in place of exactly the text that was read, as often as it takes.';

const MINUTE_MS = 60_000;

interface Times {
  all: number[];
  ofTools: Record<string, number[]>;
}

const waitFor = (times: number[], limit: number, now: number): number => {
  if (times.length < limit) return 0;
  return limit === 0 ? MINUTE_MS : (times[times.length - limit] ?? now) + MINUTE_MS - now;
};

async function decide(
  store: SharedStore,
  key: string,
  limit: number,
  tool: string,
  toolLimit: number,
): Promise<number> {
  for (;;) {
    const [before, now] = await Promise.all([store.get(key), store.now()]);
    const kept = JSON.parse(before ?? '{"all":[],"ofTools":{}}') as Times;
    const isFresh = (at: number): boolean => at > now - MINUTE_MS;
    const all = kept.all.filter(isFresh);
    const ofTool = ((Object.hasOwn(kept.ofTools, tool) && kept.ofTools[tool]) || []).filter(
      isFresh,
    );
    const wait = Math.max(waitFor(all, limit, now), waitFor(ofTool, toolLimit, now));
    if (wait > 0) return wait;
    const next: Times = {
      all: [...all, now],
      ofTools:
        toolLimit === Infinity ? kept.ofTools : { ...kept.ofTools, [tool]: [...ofTool, now] },
    };
    const text = JSON.stringify(next);
    const isDone = await (before === undefined
      ? store.add(key, text, MINUTE_MS)
      : store.replace(key, before, text, MINUTE_MS));
    if (isDone) return 0;
  }
}

export const createSharedLimiter: CreateSharedLimiter = (limits, store) => ({
  async check({ actor, tool }) {
    const key = `times/${encodeURIComponent(JSON.stringify([actor?.issuer, actor?.subject]))}`;
    const toolLimit = new Map(Object.entries(limits.perToolPerMinute)).get(tool) ?? Infinity;
    const signal = AbortSignal.timeout(4_000);
    const late = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('late')));
    });
    try {
      const deciding = decide(store, key, limits.perUserPerMinute, tool, toolLimit);
      const wait = await Promise.race([deciding, late]);
      return wait > 0 ? { allowed: false, retryAfterMs: wait } : { allowed: true };
    } catch {
      throw new UnavailableError('Nobody can count now.');
    }
  },
});
