import type { CreateSharedLimiter } from '../../../exercises/weather-server/controls.ts';
import { createRateLimiter } from '../../../solutions/10-rate-limits/rate-limiter.ts';

export const idea =
  'While the store is away, each process counts by itself with the limiter of topic 10, and asks the store again with the next call.';

export const createSharedLimiter: CreateSharedLimiter = (limits, store) => {
  const meanwhile = createRateLimiter(limits);
  return {
    async check(call) {
      const who = JSON.stringify([call.actor?.issuer ?? null, call.actor?.subject ?? null]);
      const windows = [{ key: `all ${who}`, limit: limits.perUserPerMinute }];
      for (const [tool, limit] of Object.entries(limits.perToolPerMinute)) {
        if (tool === call.tool) windows.push({ key: `${tool} ${who}`, limit });
      }
      const silence = new Promise<undefined>((resolve) => {
        setTimeout(resolve, 3_000, undefined);
      });
      const wait = await Promise.race([store.takePlaces(windows, 60_000), silence]).catch(
        () => undefined,
      );
      if (wait === undefined) return meanwhile.check(call);
      return wait === 0 ? { allowed: true } : { allowed: false, retryAfterMs: wait };
    },
  };
};
