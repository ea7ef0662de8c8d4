import type { CreateSharedLimiter } from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';
import { withinFiveSeconds } from '../../../solutions/18-many-instances/shared-limiter.ts';

export const idea =
  'Calls of a process wait for each other, so that no more than one of each instance tries to write at a time.';

export const createSharedLimiter: CreateSharedLimiter = (limits, store) => {
  let turn: Promise<unknown> = Promise.resolve();

  async function takePlace(name: string, limit: number): Promise<number> {
    for (;;) {
      const before = (await store.get(name)) ?? '';
      const now = await store.now();
      const times = before
        .split(',')
        .map(Number)
        .filter((at) => now - at < 60_000);
      const [blocking = now] = times.slice(times.length - limit);
      if (times.length >= limit) return blocking + 60_000 - now;
      const after = [...times, now].join(',');
      const isDone = before
        ? await store.replace(name, before, after, 60_000)
        : await store.add(name, after, 60_000);
      if (isDone) return 0;
    }
  }

  return {
    check({ actor, tool }) {
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const decide = async () => {
        const own = limits.perToolPerMinute[tool];
        const ofTool = own === undefined ? 0 : await takePlace(`${tool} of ${user}`, own);
        const wait = ofTool || (await takePlace(`all of ${user}`, limits.perUserPerMinute));
        return wait === 0
          ? ({ allowed: true } as const)
          : ({ allowed: false, retryAfterMs: wait } as const);
      };
      const decided = turn.then(() => withinFiveSeconds(decide()));
      turn = decided.catch(() => undefined);
      return withinFiveSeconds(decided).catch(() => {
        throw new UnavailableError('Calls cannot be counted now.');
      });
    },
  };
};
