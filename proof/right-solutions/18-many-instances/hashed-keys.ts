import { createHash } from 'node:crypto';
import type { CreateSharedLimiter } from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';
import { withinFiveSeconds } from '../../../solutions/18-many-instances/shared-limiter.ts';

export const idea = 'Keys are hashes, so that the store does not say who has called.';

const keyOf = (...parts: (string | undefined)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

export const createSharedLimiter: CreateSharedLimiter = (limits, store) => ({
  async check({ actor, tool }) {
    const toolLimit = new Map(Object.entries(limits.perToolPerMinute)).get(tool);
    const windows = [{ key: keyOf(actor?.issuer, actor?.subject), limit: limits.perUserPerMinute }];
    if (toolLimit !== undefined) {
      windows.unshift({ key: keyOf(actor?.issuer, actor?.subject, tool), limit: toolLimit });
    }
    const wait = await withinFiveSeconds(store.takePlaces(windows, 60_000)).catch(() => {
      throw new UnavailableError('The store cannot be asked.');
    });
    if (wait > 0) return { allowed: false, retryAfterMs: Math.min(wait, 60_000) };
    return { allowed: true };
  },
});
