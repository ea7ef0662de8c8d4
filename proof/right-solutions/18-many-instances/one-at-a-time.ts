import type { CreateSharedLimiter } from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';
import { withinFiveSeconds } from '../../../solutions/18-many-instances/shared-limiter.ts';

export const idea =
  'Calls of a process wait for each other, so that no more than one of each instance tries to write at a time.';

export const createSharedLimiter: CreateSharedLimiter = (limits, store) => {
  let turn: Promise<unknown> = Promise.resolve();

  /** In one record: who has no call left takes no place of the tool either. */
  async function takePlaces(name: string, tool: string, own: number): Promise<number> {
    for (;;) {
      const before = await store.get(name);
      const now = await store.now();
      const calls = (JSON.parse(before ?? '[]') as [at: number, tool: string][]).filter(
        ([at]) => now - at < 60_000,
      );
      const waits = [
        waitFor(calls, limits.perUserPerMinute, now),
        waitFor(
          calls.filter((call) => call[1] === tool),
          own,
          now,
        ),
      ];
      if (Math.max(...waits) > 0) return Math.max(...waits);
      const after = JSON.stringify([...calls, [now, own === Infinity ? '' : tool]]);
      const isDone =
        before === undefined
          ? await store.add(name, after, 60_000)
          : await store.replace(name, before, after, 60_000);
      if (isDone) return 0;
    }
  }

  return {
    check({ actor, tool }) {
      const user = JSON.stringify([actor?.issuer, actor?.subject]);
      const decide = async () => {
        const own = new Map(Object.entries(limits.perToolPerMinute)).get(tool);
        const wait = await takePlaces(`calls of ${user}`, tool, own ?? Infinity);
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

function waitFor(calls: [at: number, tool: string][], limit: number, now: number): number {
  if (calls.length < limit) return 0;
  const [at] = calls[calls.length - limit] ?? [now];
  return at + 60_000 - now;
}
