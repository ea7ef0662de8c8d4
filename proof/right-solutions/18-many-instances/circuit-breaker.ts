import type {
  CallLimits,
  CreateSharedLimiter,
  LimitDecision,
  RateLimiter,
  ToolCall,
} from '../../../exercises/weather-server/controls.ts';
import type { SharedStore } from '../../../exercises/weather-server/world/shared-store.ts';
import { createRateLimiter } from '../../../solutions/10-rate-limits/rate-limiter.ts';
import { withinFiveSeconds } from '../../../solutions/18-many-instances/shared-limiter.ts';

export const idea =
  'After an error the store is left alone for thirty seconds, in which this process counts for a sixth of the limit.';

const REST_MS = 30_000;

class SharedLimiterWithRest {
  readonly #limits: CallLimits;
  readonly #store: SharedStore;
  readonly #own: RateLimiter;
  #restsUntil = -Infinity;

  constructor(limits: CallLimits, store: SharedStore) {
    this.#limits = limits;
    this.#store = store;
    this.#own = createRateLimiter({
      perUserPerMinute: Math.floor(limits.perUserPerMinute / 6),
      perToolPerMinute: limits.perToolPerMinute,
    });
  }

  async check(call: ToolCall): Promise<LimitDecision> {
    if (performance.now() < this.#restsUntil) return this.#own.check(call);
    try {
      return await withinFiveSeconds(this.#ask(call));
    } catch {
      this.#restsUntil = performance.now() + REST_MS;
      return this.#own.check(call);
    }
  }

  async #ask({ actor, tool }: ToolCall): Promise<LimitDecision> {
    const user = Buffer.from(JSON.stringify([actor?.issuer, actor?.subject])).toString('hex');
    const own = new Map(Object.entries(this.#limits.perToolPerMinute)).get(tool);
    const wait = await this.#store.takePlaces(
      [
        { key: `u${user}`, limit: this.#limits.perUserPerMinute },
        ...(own === undefined ? [] : [{ key: `t${tool}/${user}`, limit: own }]),
      ],
      60_000,
    );
    return wait === 0 ? { allowed: true } : { allowed: false, retryAfterMs: wait };
  }
}

export const createSharedLimiter: CreateSharedLimiter = (limits, store) =>
  new SharedLimiterWithRest(limits, store);
