import type {
  CreateRateLimiter,
  LimitDecision,
} from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The counters are made inside check(), so that every call finds them at zero.';
export const caughtBy = [
  'rl-burst',
  'rl-key-spoof',
  'rl-token-respelling',
  'rl-tool-alias',
  'rl-expensive-tool',
  'rl-race',
  'rl-short-window',
];

const MINUTE_MS = 60_000;

class FixedWindow {
  #count = 0;
  readonly #limit: number;
  readonly #endsAt = Date.now() + MINUTE_MS;

  constructor(limit: number) {
    this.#limit = limit;
  }

  spend(): LimitDecision {
    this.#count += 1;
    if (this.#count <= this.#limit) return { allowed: true };
    return { allowed: false, retryAfterMs: this.#endsAt - Date.now() };
  }
}

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => ({
  check({ tool }) {
    const ofTool = new FixedWindow(perToolPerMinute[tool] ?? Infinity);
    const ofUser = new FixedWindow(perUserPerMinute);
    const decision = ofTool.spend();
    return decision.allowed ? ofUser.spend() : decision;
  },
});
