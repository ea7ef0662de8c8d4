import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  CreateRateLimiter,
  LimitDecision,
  RequireSingleMessage,
} from '../../../exercises/weather-server/controls.ts';
import {
  createRateLimiter as countEveryCall,
  createRateLimiter as createReference,
  createRateLimiter as rightly,
} from '../../../solutions/10-rate-limits/rate-limiter.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'begins-anew-with-every-refusal',
    mistake:
      'A refused call begins the minute anew, but the answer still names the old end: who waits as told is refused again.',
    caughtBy: ['waiting-as-told-helps', 'told-waits-are-true'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const windows = new Map<string, { count: number; endsAt: number }>();

        const spend = (key: string, limit: number): LimitDecision => {
          const now = Date.now();
          for (const [other, { endsAt }] of windows) if (now >= endsAt) windows.delete(other);
          const window = windows.get(key) ?? { count: 0, endsAt: now + MINUTE_MS };
          windows.set(key, window);
          window.count += 1;
          if (window.count <= limit) return { allowed: true };
          const retryAfterMs = window.endsAt - now;
          window.endsAt = now + MINUTE_MS; // as long as it goes on, it stays out
          return { allowed: false, retryAfterMs };
        };

        return {
          check({ actor, tool }) {
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const decision = spend(`${user} ${tool}`, perToolPerMinute[tool] ?? Infinity);
            return decision.allowed ? spend(user, perUserPerMinute) : decision;
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'expensive-tool-closed',
    mistake:
      'A tool with a limit of its own is refused from the first call on: the limit is read as if it were used up already.',
    caughtBy: ['expensive-tools-work', 'told-waits-are-true'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = call.actor?.subject ?? 'anonymous';
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(`${user} ${call.tool}`, call.tool in perToolPerMinute ? 0 : Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'forgets-nobody',
    mistake:
      'A window is renewed when its user calls again, and kept for ever if not: memory grows with every user ever seen.',
    caughtBy: ['rl-key-flood'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const windows = new Map<string, { count: number; endsAt: number }>();

        const spend = (key: string, limit: number): LimitDecision => {
          const now = Date.now();
          let window = windows.get(key);
          if (!window || now >= window.endsAt) {
            window = { count: 0, endsAt: now + MINUTE_MS };
            windows.set(key, window);
          }
          window.count += 1;
          if (window.count <= limit) return { allowed: true };
          return { allowed: false, retryAfterMs: window.endsAt - now };
        };

        return {
          check({ actor, tool }) {
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const toolLimit = perToolPerMinute[tool];
            const decision: LimitDecision =
              toolLimit === undefined ? { allowed: true } : spend(`${user} ${tool}`, toolLimit);
            return decision.allowed ? spend(user, perUserPerMinute) : decision;
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'fresh-for-every-call',
    mistake: 'The counters are made inside check(), so that every call finds them at zero.',
    caughtBy: [
      'rl-burst',
      'rl-key-spoof',
      'rl-token-respelling',
      'rl-tool-alias',
      'rl-malformed',
      'rl-expensive-tool',
      'rl-race',
      'rl-short-window',
    ],
    controls() {
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

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => ({
        check({ tool }) {
          const ofTool = new FixedWindow(perToolPerMinute[tool] ?? Infinity);
          const ofUser = new FixedWindow(perUserPerMinute);
          const decision = ofTool.spend();
          return decision.allowed ? ofUser.spend() : decision;
        },
      });

      return { createRateLimiter };
    },
  },
  {
    name: 'holds-calls-back',
    mistake:
      'A call over the limit is held back for up to a minute: its client hears nothing, and the server keeps its connection.',
    caughtBy: [
      'rl-burst',
      'rl-key-spoof',
      'rl-token-respelling',
      'rl-tool-alias',
      'rl-malformed',
      'rl-expensive-tool',
      'rl-race',
      'rl-victim-drain',
      'waiting-as-told-helps',
      'rl-short-window',
      'told-waits-are-true',
    ],
    controls: {
      createRateLimiter: (limits) => {
        const limiter = createReference(limits);
        return {
          async check(call) {
            for (;;) {
              const decision = await limiter.check(call);
              if (decision.allowed) return decision;
              await pause(decision.retryAfterMs);
            }
          },
        };
      },
    },
  },
  {
    name: 'keyed-by-address',
    mistake:
      'Calls are counted by address, and a whole office has one: its first busy user leaves nothing to the others.',
    caughtBy: [
      'rl-key-spoof',
      'rl-token-respelling',
      'rl-tool-alias',
      'rl-malformed',
      'rl-race',
      'rl-victim-drain',
      'users-do-not-share',
      'expensive-tools-work',
    ],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = call.ip;
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'keyed-by-argument',
    mistake: 'An argument says whose call it is, and the caller writes the arguments.',
    caughtBy: ['rl-key-spoof', 'rl-victim-drain'],
    controls() {
      const MINUTE_MS = 60_000;

      function userNamedIn(args: unknown): string | undefined {
        if (typeof args !== 'object' || args === null) return undefined;
        const { user } = args as { user?: unknown };
        return typeof user === 'string' ? user : undefined;
      }

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = userNamedIn(call.arguments) ?? call.actor?.subject ?? 'anonymous';
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'keyed-by-client',
    mistake:
      'Calls are counted by client, which says what program calls, not who: all its users share one budget, and one user has as many as there are clients.',
    caughtBy: [
      'rl-key-spoof',
      'rl-token-respelling',
      'rl-tool-alias',
      'rl-malformed',
      'rl-race',
      'rl-victim-drain',
      'users-do-not-share',
      'expensive-tools-work',
    ],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = call.actor?.clientId ?? 'anonymous';
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'keyed-by-everything-verified',
    mistake:
      'All that was verified is in the key, scopes and client included, so a token with other scopes brings a new budget.',
    caughtBy: ['rl-token-respelling'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = JSON.stringify(call.actor ?? 'anonymous');
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'keyed-by-forwarded-address',
    mistake:
      'X-Forwarded-For is what the client wrote into it: a new address for every call is a new budget for every call.',
    caughtBy: [
      'rl-key-spoof',
      'rl-token-respelling',
      'rl-tool-alias',
      'rl-malformed',
      'rl-race',
      'rl-victim-drain',
      'users-do-not-share',
      'expensive-tools-work',
    ],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = String(call.headers['x-forwarded-for'] ?? call.ip);
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'keyed-by-header',
    mistake:
      'A gateway that sets X-User-Id is not there, so that the header is the caller’s own text.',
    caughtBy: ['rl-key-spoof', 'rl-victim-drain'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = String(call.headers['x-user-id'] ?? call.actor?.subject);
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'keyed-by-token',
    mistake:
      'Calls are counted by token: a user can ask for new ones, and can spell each of them in sixteen ways.',
    caughtBy: ['rl-token-respelling'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = createHash('sha256')
              .update(call.token ?? '')
              .digest('base64url');
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'keyed-by-tool',
    mistake:
      'Calls are counted by tool alone: whoever calls a tool often takes it away from everybody.',
    caughtBy: [
      'rl-key-spoof',
      'rl-token-respelling',
      'rl-tool-alias',
      'rl-malformed',
      'rl-race',
      'rl-victim-drain',
      'users-do-not-share',
      'expensive-tools-work',
    ],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const allowed = spend(call.tool, perToolPerMinute[call.tool] ?? perUserPerMinute);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'keyed-by-user-and-tool',
    mistake:
      'Every tool has a budget of its own and nothing counts them together: four tools are four times as many calls.',
    caughtBy: ['rl-tool-alias'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = call.actor?.subject ?? 'anonymous';
            const allowed = spend(
              `${user} ${call.tool}`,
              perToolPerMinute[call.tool] ?? perUserPerMinute,
            );
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'names-cut-short',
    mistake:
      'Only the beginning of a subject is kept as key, so that long names which differ at the end are one user.',
    caughtBy: ['rl-victim-drain'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = (call.actor?.subject ?? 'anonymous').slice(0, 32);
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'names-of-a-pattern-only',
    mistake:
      'Only users whose name looks like one of ours are let through; a subject is any string, and the token was verified.',
    caughtBy: ['serves-odd-names'],
    controls: {
      createRateLimiter: (limits) => {
        const limiter = rightly(limits);
        return {
          check: (call) =>
            /^[\w.@-]+$/.test(call.actor?.subject ?? 'anonymous')
              ? limiter.check(call)
              : { allowed: false, retryAfterMs: 60_000 },
        };
      },
    },
  },
  {
    name: 'names-without-case',
    mistake:
      'Subjects are compared without regard to case, but they are case-sensitive: who registers as ALICE spends the budget of alice.',
    caughtBy: ['rl-victim-drain'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = (call.actor?.subject ?? 'anonymous').toLowerCase();
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'never-starts-again',
    mistake:
      'Calls are counted and nothing takes them away again: the sixtieth call of a user is the last.',
    caughtBy: [
      'rl-burst',
      'rl-key-flood',
      'works-again-after-a-minute',
      'waiting-as-told-helps',
      'told-waits-are-true',
    ],
    controls: {
      createRateLimiter: ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check({ actor, tool }) {
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(`${user} ${tool}`, perToolPerMinute[tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: 60_000 };
          },
        };
      },
    },
  },
  {
    name: 'no-limit-per-tool',
    mistake: 'All tools count alike, so the expensive one may run sixty times a minute.',
    caughtBy: ['rl-expensive-tool', 'rl-short-window'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = call.actor?.subject ?? 'anonymous';
            const allowed = spend(user, perUserPerMinute);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'once-per-request',
    mistake:
      'A request is counted once, however many calls arrive in it, and batches are accepted.',
    caughtBy: ['rl-batch'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        const seen = new Set<string>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              seen.clear();
              endsAt = now + MINUTE_MS;
            }
            if (seen.has(call.requestId)) return { allowed: true };
            seen.add(call.requestId);
            const user = call.actor?.subject ?? 'anonymous';
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(JSON.stringify([user, call.tool]), perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      const requireSingleMessage: RequireSingleMessage = () => undefined;

      return { createRateLimiter, requireSingleMessage };
    },
  },
  {
    name: 'one-budget-for-all',
    mistake: 'One count serves all users together: the first busy one locks out everybody.',
    caughtBy: [
      'rl-key-spoof',
      'rl-token-respelling',
      'rl-tool-alias',
      'rl-malformed',
      'rl-race',
      'rl-victim-drain',
      'users-do-not-share',
    ],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = call.actor?.subject ?? 'anonymous';
            const allowed =
              spend('everybody', perUserPerMinute) &&
              spend(`${user} ${call.tool}`, perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'one-too-few',
    mistake:
      'The sixtieth call is refused already: < where <= was meant breaks the promise of sixty.',
    caughtBy: ['sixty-calls-pass', 'users-do-not-share'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count < limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = call.actor?.subject ?? 'anonymous';
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(JSON.stringify([user, call.tool]), perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'one-too-many',
    mistake:
      'The count is compared before this call is added to it, with > where >= was meant: sixty-one calls run.',
    caughtBy: [
      'rl-burst',
      'rl-key-spoof',
      'rl-token-respelling',
      'rl-tool-alias',
      'rl-expensive-tool',
      'rl-race',
      'rl-short-window',
    ],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = counts.get(key) ?? 0;
          counts.set(key, count + 1);
          return !(count > limit);
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = call.actor?.subject ?? 'anonymous';
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(JSON.stringify([user, call.tool]), perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'own-members-of-an-object',
    mistake:
      'hasOwn() keeps inherited members out, but assigning to __proto__ makes no member: the user of that name has no count, and no limit.',
    caughtBy: ['rl-burst'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        let counts: Record<string, number> = {};
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = Object.hasOwn(counts, key) ? (counts[key] ?? 0) : 0;
          counts[key] = count + 1;
          return count < limit;
        };

        return {
          check({ actor, tool }) {
            const now = Date.now();
            if (now >= endsAt) {
              counts = {};
              endsAt = now + MINUTE_MS;
            }
            const user = actor?.subject ?? 'anonymous';
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(JSON.stringify([user, tool]), perToolPerMinute[tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'plain-object-store',
    mistake:
      'Windows are kept in a plain object under the bare subject: for a user called __proto__ it finds Object.prototype, and counts there.',
    caughtBy: ['rl-burst', 'rl-key-flood', 'serves-odd-names'],
    controls() {
      const MINUTE_MS = 60_000;

      interface Windows {
        [key: string]: { count: number; endsAt: number };
      }

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const windows: Windows = {};

        const spend = (key: string, limit: number): LimitDecision => {
          const now = Date.now();
          const window = (windows[key] ??= { count: 0, endsAt: now + MINUTE_MS });
          if (now >= window.endsAt) Object.assign(window, { count: 0, endsAt: now + MINUTE_MS });
          window.count += 1;
          if (window.count <= limit) return { allowed: true };
          return { allowed: false, retryAfterMs: window.endsAt - now };
        };

        // Unref: a timer must not keep a server alive that wants to stop.
        setInterval(() => {
          for (const [key, { endsAt }] of Object.entries(windows)) {
            if (Date.now() >= endsAt) delete windows[key];
          }
        }, MINUTE_MS).unref();

        return {
          check({ actor, tool }) {
            const user = actor?.subject ?? 'anonymous';
            const decision = spend(
              JSON.stringify([user, tool]),
              perToolPerMinute[tool] ?? Infinity,
            );
            return decision.allowed ? spend(user, perUserPerMinute) : decision;
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'promises-too-early',
    mistake:
      'Refused calls are counted as well, but the answer promises a call when the oldest one leaves the window; by then the refused ones fill it.',
    caughtBy: ['rl-burst', 'told-waits-are-true'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const calls = new Map<string, number[]>();

        const spend = (key: string, limit: number, now: number): LimitDecision => {
          const recent = (calls.get(key) ?? []).filter((time) => time > now - MINUTE_MS);
          calls.delete(key);
          calls.set(key, [...recent, now]);
          const [oldest = now] = recent;
          if (recent.length < limit) return { allowed: true };
          return { allowed: false, retryAfterMs: oldest + MINUTE_MS - now };
        };

        return {
          check({ actor, tool }) {
            const now = Date.now();
            for (const [user, times] of calls) {
              if ((times.at(-1) ?? 0) > now - MINUTE_MS) break;
              calls.delete(user);
            }
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const decision = spend(`${user} ${tool}`, perToolPerMinute[tool] ?? Infinity, now);
            return decision.allowed ? spend(user, perUserPerMinute, now) : decision;
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'refills-too-slowly',
    mistake:
      'The bucket holds sixty calls and gets back one every ten seconds: who has emptied it once has six calls a minute from then on.',
    caughtBy: ['works-again-after-a-minute'],
    controls() {
      const REFILL_MS = 10_000;

      interface Bucket {
        tokens: number;
        filledAt: number;
      }

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const buckets = new Map<string, Bucket>();
        const fullAfterMs = perUserPerMinute * REFILL_MS;

        const fill = (key: string, capacity: number, now: number): Bucket => {
          const { tokens, filledAt } = buckets.get(key) ?? { tokens: capacity, filledAt: now };
          return {
            tokens: Math.min(capacity, tokens + (now - filledAt) / REFILL_MS),
            filledAt: now,
          };
        };

        return {
          check({ actor, tool }) {
            const now = performance.now();
            for (const [key, { filledAt }] of buckets) {
              if (now - filledAt < fullAfterMs) break; // every later one was used later
              buckets.delete(key);
            }
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const limits = new Map([[user, perUserPerMinute]]);
            const toolLimit = perToolPerMinute[tool];
            if (toolLimit !== undefined) limits.set(`${user} ${tool}`, toolLimit);

            const asked = [...limits].map(([key, limit]) => ({
              key,
              bucket: fill(key, limit, now),
            }));
            const fewest = Math.min(...asked.map(({ bucket }) => bucket.tokens));
            if (fewest < 1) return { allowed: false, retryAfterMs: (1 - fewest) * REFILL_MS };
            for (const { key, bucket } of asked) {
              buckets.delete(key);
              buckets.set(key, { ...bucket, tokens: bucket.tokens - 1 });
            }
            return { allowed: true };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'seconds-and-milliseconds-mixed',
    mistake:
      'The time is in seconds and the length of the window in milliseconds: the minute lasts for sixteen hours.',
    caughtBy: [
      'rl-burst',
      'rl-key-flood',
      'works-again-after-a-minute',
      'waiting-as-told-helps',
      'told-waits-are-true',
    ],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Math.floor(Date.now() / 1000);
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = call.actor?.subject ?? 'anonymous';
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(JSON.stringify([user, call.tool]), perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: (endsAt - now) * 1000 };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'shared-fairly',
    mistake:
      'A hundred calls a minute are shared by all who are there, in equal parts: with a second user there are fifty for each, and sixty were promised.',
    caughtBy: ['users-do-not-share', 'rl-victim-drain'],
    controls() {
      const MINUTE_MS = 60_000;

      const CALLS_OF_ALL = 100;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const users = new Map<string, Map<string, number>>();
        let endsAt = 0;

        return {
          check({ actor, tool }) {
            const now = Date.now();
            if (now >= endsAt) {
              users.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const counts = users.get(user) ?? new Map<string, number>();
            users.set(user, counts);

            const share = Math.max(1, Math.floor(CALLS_OF_ALL / users.size));
            const limits = {
              all: Math.min(perUserPerMinute, share),
              [tool]: perToolPerMinute[tool],
            };
            for (const [what, limit = Infinity] of Object.entries(limits)) {
              const count = counts.get(what) ?? 0;
              if (count >= limit) return { allowed: false, retryAfterMs: endsAt - now };
              counts.set(what, count + 1);
            }
            return { allowed: true };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'sixty-for-each-session',
    mistake:
      'Every session of a user has sixty calls of its own, and the client says which session it is.',
    caughtBy: ['rl-key-spoof'],
    controls: {
      createRateLimiter: (limits) => {
        const limiter = rightly(limits);
        return {
          check(call) {
            const session = call.headers['mcp-session-id'];
            if (!call.actor || session === undefined) return limiter.check(call);
            const subject = JSON.stringify([call.actor.subject, session]);
            return limiter.check({ ...call, actor: { ...call.actor, subject } });
          },
        };
      },
    },
  },
  {
    name: 'tool-limit-shared-by-all',
    mistake:
      'The limit of the expensive tool is counted for all users together, so ten pings of one close it for the others.',
    caughtBy: ['expensive-tools-work', 'rl-victim-drain'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const counts = new Map<string, number>();
        let endsAt = 0;

        const spend = (key: string, limit: number): boolean => {
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          return count <= limit;
        };

        return {
          check(call) {
            const now = Date.now();
            if (now >= endsAt) {
              counts.clear();
              endsAt = now + MINUTE_MS;
            }
            const user = call.actor?.subject ?? 'anonymous';
            const allowed =
              spend(user, perUserPerMinute) &&
              spend(call.tool, perToolPerMinute[call.tool] ?? Infinity);
            return allowed ? { allowed } : { allowed, retryAfterMs: endsAt - now };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'malformed-calls-are-free',
    mistake:
      'Calls whose arguments are no object will be refused anyway, and so are let through uncounted.',
    caughtBy: ['rl-malformed'],
    controls: {
      createRateLimiter: (limits) => {
        const limiter = countEveryCall(limits);
        return {
          check(call) {
            const { arguments: args } = call;
            const isCall = typeof args === 'object' && args !== null && !Array.isArray(args);
            return isCall ? limiter.check(call) : { allowed: true };
          },
        };
      },
    },
  },
  {
    name: 'awaits-within-a-tick',
    mistake:
      'Between reading the count and writing it back lies an await that waits for nothing: calls of one tick all read the same number.',
    caughtBy: ['rl-race'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        let counts = new Map<string, number>();
        let endsAt = 0;
        const read = async (key: string): Promise<number> => Promise.resolve(counts.get(key) ?? 0);

        return {
          async check({ actor, tool }) {
            const now = Date.now();
            if (now >= endsAt) {
              counts = new Map();
              endsAt = now + MINUTE_MS;
            }
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const [made, ofTool] = [await read(user), await read(`${user} ${tool}`)];
            if (made >= perUserPerMinute || ofTool >= (perToolPerMinute[tool] ?? Infinity)) {
              return { allowed: false, retryAfterMs: endsAt - now };
            }
            counts.set(user, made + 1).set(`${user} ${tool}`, ofTool + 1);
            return { allowed: true };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'bucket-that-fills-too-fast',
    mistake:
      'The bucket of a user fills a fiftieth faster than a minute allows, because its rate was rounded.',
    caughtBy: ['rl-short-window'],
    controls() {
      const MINUTE_MS = 60_000;

      interface Bucket {
        tokens: number;
        filledAt: number;
      }

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const buckets = new Map<string, Bucket>();

        const bucketOf = (key: string, capacity: number, now: number) => {
          const { tokens, filledAt } = buckets.get(key) ?? { tokens: capacity, filledAt: now };
          // Tokens a millisecond, to five places: 0.00102 for sixty a minute.
          const rate = Math.ceil((capacity * 102_000) / MINUTE_MS) / 100_000;
          const bucket = {
            tokens: Math.min(capacity, tokens + (now - filledAt) * rate),
            filledAt: now,
          };
          return { key, bucket, wait: Math.max(0, (1 - bucket.tokens) / rate) };
        };

        return {
          check({ actor, tool }) {
            const now = performance.now();
            for (const [key, { filledAt }] of buckets) {
              if (now - filledAt < MINUTE_MS) break;
              buckets.delete(key);
            }
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const asked = [bucketOf(user, perUserPerMinute, now)];
            const toolLimit = perToolPerMinute[tool];
            if (toolLimit !== undefined) asked.push(bucketOf(`${user} ${tool}`, toolLimit, now));
            const wait = Math.max(...asked.map((answer) => answer.wait));
            if (wait > 0) return { allowed: false, retryAfterMs: wait };
            for (const { key, bucket } of asked) {
              buckets.delete(key);
              buckets.set(key, { ...bucket, tokens: bucket.tokens - 1 });
            }
            return { allowed: true };
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'colon-in-a-subject',
    mistake:
      'The key of a tool is the key of its user, a colon and the tool, and a subject may hold a colon: two users meet in one count.',
    caughtBy: ['rl-victim-drain'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const windows = new Map<string, { count: number; endsAt: number }>();

        const spend = (key: string, limit: number): LimitDecision => {
          const now = Date.now();
          for (const [other, { endsAt }] of windows) {
            if (now < endsAt) break;
            windows.delete(other);
          }
          const window = windows.get(key) ?? { count: 0, endsAt: now + MINUTE_MS };
          windows.set(key, window);
          window.count += 1;
          if (window.count <= limit) return { allowed: true };
          return { allowed: false, retryAfterMs: window.endsAt - now };
        };

        return {
          check({ actor, tool }) {
            const user = `${actor?.issuer}:${actor?.subject}`;
            const toolLimit = perToolPerMinute[tool];
            const decision: LimitDecision =
              toolLimit === undefined ? { allowed: true } : spend(`${user}:${tool}`, toolLimit);
            return decision.allowed ? spend(user, perUserPerMinute) : decision;
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'limited-tool-counted-only-there',
    mistake:
      'A tool with a limit of its own is counted under that limit only: whoever has used up all else still has its calls.',
    caughtBy: ['rl-tool-alias'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const windows = new Map<string, { count: number; endsAt: number }>();

        const spend = (key: string, limit: number): LimitDecision => {
          const now = Date.now();
          for (const [other, { endsAt }] of windows) {
            if (now < endsAt) break;
            windows.delete(other);
          }
          const window = windows.get(key) ?? { count: 0, endsAt: now + MINUTE_MS };
          windows.set(key, window);
          window.count += 1;
          if (window.count <= limit) return { allowed: true };
          return { allowed: false, retryAfterMs: window.endsAt - now };
        };

        return {
          check({ actor, tool }) {
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const toolLimit = perToolPerMinute[tool];
            return toolLimit === undefined
              ? spend(user, perUserPerMinute)
              : spend(`${user} ${tool}`, toolLimit);
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'refused-calls-counted-afterwards',
    mistake:
      'A refused call is counted, but only after its wait was worked out: the wait ends in a minute that the refused calls fill.',
    caughtBy: ['told-waits-are-true'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const calls = new Map<string, number[]>();

        const spend = (key: string, limit: number, now: number): LimitDecision => {
          const recent = (calls.get(key) ?? []).filter((time) => now - time < MINUTE_MS);
          const oldest = recent.at(-limit);
          recent.push(now);
          calls.delete(key);
          calls.set(key, recent.slice(-limit));
          if (oldest === undefined) return { allowed: true };
          return { allowed: false, retryAfterMs: oldest + MINUTE_MS - now };
        };

        return {
          check({ actor, tool }) {
            const now = Date.now();
            for (const [key, times] of calls) {
              if (now - (times.at(-1) ?? 0) < MINUTE_MS) break;
              calls.delete(key);
            }
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const toolLimit = perToolPerMinute[tool];
            const decision: LimitDecision =
              toolLimit === undefined
                ? { allowed: true }
                : spend(`${user} ${tool}`, toolLimit, now);
            return decision.allowed ? spend(user, perUserPerMinute, now) : decision;
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'tool-before-the-user',
    mistake:
      'The key of a tool is its name, a slash and the user, and some user is called just that.',
    caughtBy: ['rl-victim-drain'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const windows = new Map<string, { count: number; endsAt: number }>();

        const spend = (key: string, limit: number): LimitDecision => {
          const now = Date.now();
          for (const [other, { endsAt }] of windows) {
            if (now < endsAt) break;
            windows.delete(other);
          }
          const window = windows.get(key) ?? { count: 0, endsAt: now + MINUTE_MS };
          windows.set(key, window);
          window.count += 1;
          if (window.count <= limit) return { allowed: true };
          return { allowed: false, retryAfterMs: window.endsAt - now };
        };

        return {
          check({ actor, tool }) {
            const user = actor?.subject ?? '';
            const toolLimit = perToolPerMinute[tool];
            const decision: LimitDecision =
              toolLimit === undefined ? { allowed: true } : spend(`${tool}/${user}`, toolLimit);
            return decision.allowed ? spend(user, perUserPerMinute) : decision;
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'wait-of-the-first-limit',
    mistake:
      'The answer names the wait of the first limit that is used up, and another one lasts longer.',
    caughtBy: ['told-waits-are-true'],
    controls() {
      const MINUTE_MS = 60_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const windows = new Map<string, { count: number; endsAt: number }>();

        const spend = (key: string, limit: number): LimitDecision => {
          const now = Date.now();
          for (const [other, { endsAt }] of windows) {
            if (now < endsAt) break;
            windows.delete(other);
          }
          const window = windows.get(key) ?? { count: 0, endsAt: now + MINUTE_MS };
          windows.set(key, window);
          window.count += 1;
          if (window.count <= limit) return { allowed: true };
          return { allowed: false, retryAfterMs: window.endsAt - now };
        };

        return {
          check({ actor, tool }) {
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const decision = spend(user, perUserPerMinute);
            const toolLimit = perToolPerMinute[tool];
            if (toolLimit === undefined) return decision;
            const ofTool = spend(`${user} ${tool}`, toolLimit);
            return decision.allowed ? ofTool : decision;
          },
        };
      };

      return { createRateLimiter };
    },
  },
  {
    name: 'window-of-fifty-nine-seconds',
    mistake:
      'A window ends a second early, to be on the safe side of the clocks of clients: in an hour a user has a minute more than there are.',
    caughtBy: ['rl-short-window'],
    controls() {
      const MINUTE_MS = 59_000;

      const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
        const windows = new Map<string, { count: number; endsAt: number }>();

        const spend = (key: string, limit: number): LimitDecision => {
          const now = Date.now();
          for (const [other, { endsAt }] of windows) {
            if (now < endsAt) break;
            windows.delete(other);
          }
          const window = windows.get(key) ?? { count: 0, endsAt: now + MINUTE_MS };
          windows.set(key, window);
          window.count += 1;
          if (window.count <= limit) return { allowed: true };
          return { allowed: false, retryAfterMs: window.endsAt - now };
        };

        return {
          check({ actor, tool }) {
            const user = JSON.stringify([actor?.issuer, actor?.subject]);
            const toolLimit = perToolPerMinute[tool];
            const decision: LimitDecision =
              toolLimit === undefined ? { allowed: true } : spend(`${user} ${tool}`, toolLimit);
            return decision.allowed ? spend(user, perUserPerMinute) : decision;
          },
        };
      };

      return { createRateLimiter };
    },
  },
];
