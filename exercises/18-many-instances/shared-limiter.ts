import type { CreateSharedLimiter } from '../weather-server/controls.ts';

// Today each call reads a number, decides, and writes it back: of two hundred at once all read the
// same. Every client of a user has a count of its own, a minute begins where this instance's clock says
// so, no tool has a limit, and a call that cannot be counted within a second runs.

// TODO 18: Allow `limits.perUserPerMinute` calls to each user (issuer and subject of `call.actor`, each
// any text; calls without one are all one user's) in any sixty seconds, all instances and tools
// together, and of a tool that `limits.perToolPerMinute` names no more than that, 0 being none; and
// allow them all that. A refused call takes nobody's place, neither of the user nor of the tool.
// Instances' clocks differ by an hour; the store has one. `retryAfterMs` is more than 0 and never more
// than a minute, and after it there is room. While a call cannot be counted, because the store is away
// or has said nothing for five seconds, throw `UnavailableError`, or count in this process: never more
// than `perUserPerMinute` of a user in any minute, through all clients and outages. Then use the store
// again, within five seconds.
export const createSharedLimiter: CreateSharedLimiter = ({ perUserPerMinute }, store) => ({
  async check({ actor }) {
    const minute = Math.floor(Date.now() / 60_000);
    const key = `${actor?.subject}:${actor?.clientId}:${minute}`;
    const count = async (): Promise<number> => {
      const before = Number((await store.get(key)) ?? 0);
      await store.set(key, String(before + 1), 60_000);
      return before;
    };
    const before = await Promise.race([count(), afterASecond()]).catch(() => 0);
    if (before < perUserPerMinute) return { allowed: true };
    return { allowed: false, retryAfterMs: 60_000 - (Date.now() % 60_000) };
  },
});

const afterASecond = (): Promise<number> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(0), 1_000).unref();
  });
