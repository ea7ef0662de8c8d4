import type {
  CallLimits,
  CreateSharedLimiter,
  LimitDecision,
  ToolCall,
} from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';
import type { SharedStore } from '../../../exercises/weather-server/world/shared-store.ts';
import { withinFiveSeconds } from '../../../solutions/18-many-instances/shared-limiter.ts';
import type { Mistake } from '../../solutions.ts';

const MINUTE_MS = 60_000;

type Windows = { key: string; limit: number }[];
/** Decides in this process. */
type Meanwhile = (call: ToolCall) => LimitDecision;

interface Form {
  userKey: (call: ToolCall) => string;
  toolKey: (userKey: string, tool: string) => string;
  toolLimit: (limits: CallLimits['perToolPerMinute'], tool: string) => number | undefined;
  takePlaces: (store: SharedStore, windows: Windows) => Promise<number>;
  waitOf: (milliseconds: number) => number;
  /** Made once; undefined: refuse what cannot be counted. */
  meanwhile: ((limit: number) => Meanwhile) | undefined;
}

const userOf = ({ actor }: ToolCall): string =>
  JSON.stringify(actor ? ['calls of', actor.issuer, actor.subject] : ['calls of']);

const RIGHT: Form = {
  userKey: userOf,
  toolKey: (userKey, tool) => JSON.stringify([tool, userKey]),
  toolLimit: (limits, tool) => (Object.hasOwn(limits, tool) ? limits[tool] : undefined),
  takePlaces: (store, windows) => withinFiveSeconds(store.takePlaces(windows, MINUTE_MS)),
  waitOf: (milliseconds) => milliseconds,
  meanwhile: undefined,
};

/** A right way, but for what is changed. */
const limiterLike =
  (change: Partial<Form>): CreateSharedLimiter =>
  (limits, store) => {
    const form = { ...RIGHT, ...change };
    const meanwhile = form.meanwhile?.(limits.perUserPerMinute);
    return {
      async check(call) {
        const userKey = form.userKey(call);
        const windows = [{ key: userKey, limit: limits.perUserPerMinute }];
        const limit = form.toolLimit(limits.perToolPerMinute, call.tool);
        if (limit !== undefined) windows.push({ key: form.toolKey(userKey, call.tool), limit });
        let wait: number;
        try {
          wait = await form.takePlaces(store, windows);
        } catch {
          if (meanwhile) return meanwhile(call);
          throw new UnavailableError('Calls cannot be counted now.');
        }
        return wait === 0 ? { allowed: true } : { allowed: false, retryAfterMs: form.waitOf(wait) };
      },
    };
  };

/** A sliding window in this process, for whoever the key says. */
const countHere =
  (keyOf: (call: ToolCall) => string) =>
  (limit: number): Meanwhile => {
    const times = new Map<string, number[]>();
    return (call) => {
      const now = performance.now();
      const ran = (times.get(keyOf(call)) ?? []).filter((at) => at > now - MINUTE_MS);
      times.set(keyOf(call), ran);
      const [oldest] = ran;
      if (ran.length >= limit && oldest !== undefined) {
        return { allowed: false, retryAfterMs: Math.ceil(oldest + MINUTE_MS - now) };
      }
      ran.push(now);
      return { allowed: true };
    };
  };

export const mistakes: Mistake[] = [
  {
    name: 'subjects-without-their-issuer',
    mistake: 'Calls are counted under the subject, and two issuers may have the same.',
    caughtBy: ['mi-users-apart'],
    controls: {
      createSharedLimiter: limiterLike({ userKey: ({ actor }) => `calls of ${actor?.subject}` }),
    },
  },
  {
    name: 'a-tool-behind-a-colon',
    mistake:
      'The key of a tool is that of the user with the tool after a colon, which is also the key of another user.',
    caughtBy: ['mi-users-apart'],
    controls: {
      createSharedLimiter: limiterLike({
        userKey: ({ actor }) => `calls:${actor?.issuer}:${actor?.subject}`,
        toolKey: (userKey, tool) => `${userKey}:${tool}`,
      }),
    },
  },
  {
    name: 'subjects-in-normal-form',
    mistake: 'Subjects are normalized before they are compared, and are not the same for that.',
    caughtBy: ['mi-users-apart'],
    controls: {
      createSharedLimiter: limiterLike({ userKey: (call) => userOf(call).normalize('NFKC') }),
    },
  },
  {
    name: 'nobody-has-no-issuer',
    mistake: 'A call without an actor is an error of the limiter’s own.',
    caughtBy: ['mi-users-apart'],
    controls: {
      createSharedLimiter: limiterLike({
        userKey(call) {
          if (!call.actor) throw new TypeError('Nobody has no issuer.');
          return userOf(call);
        },
      }),
    },
  },
  {
    name: 'tools-that-every-object-has',
    mistake: 'A tool that is called constructor has something that every object has for its limit.',
    caughtBy: ['mi-users-apart'],
    controls: {
      createSharedLimiter: limiterLike({ toolLimit: (limits, tool) => limits[tool] }),
    },
  },
  {
    name: 'zero-is-no-limit',
    mistake: 'A tool whose limit is 0 has none.',
    caughtBy: ['mi-users-apart'],
    controls: {
      createSharedLimiter: limiterLike({
        toolLimit: (limits, tool) => RIGHT.toolLimit(limits, tool) || undefined,
      }),
    },
  },
  {
    name: 'tool-first-then-user',
    mistake: 'A place is taken for the tool, and then there is none for the user.',
    caughtBy: ['mi-tools-have-their-own'],
    controls: {
      createSharedLimiter: limiterLike({
        async takePlaces(store, windows) {
          for (const one of windows.toReversed()) {
            const wait = await RIGHT.takePlaces(store, [one]);
            if (wait > 0) return wait;
          }
          return 0;
        },
      }),
    },
  },
  {
    name: 'a-little-less-than-a-minute',
    mistake: 'The window is a second and a half shorter than a minute, because requests take time.',
    caughtBy: ['mi-two-minutes'],
    controls: {
      createSharedLimiter: limiterLike({
        takePlaces: (store, windows) => withinFiveSeconds(store.takePlaces(windows, 58_500)),
      }),
    },
  },
  {
    name: 'seconds-for-milliseconds',
    mistake: 'The time to wait is given in seconds, and whoever comes back then is refused again.',
    caughtBy: ['mi-serves-sixty'],
    controls: {
      createSharedLimiter: limiterLike({
        waitOf: (milliseconds) => Math.ceil(milliseconds / 1_000),
      }),
    },
  },
  {
    name: 'asks-a-silent-store-twice',
    mistake: 'After five seconds of silence the store is asked once more, for five seconds.',
    caughtBy: ['mi-silence-is-answered'],
    controls: {
      createSharedLimiter: limiterLike({
        takePlaces: (store, windows) =>
          RIGHT.takePlaces(store, windows).catch(() => RIGHT.takePlaces(store, windows)),
      }),
    },
  },
  {
    name: 'counts-clients-meanwhile',
    mistake: 'While the store is away this process counts, each client of a user by itself.',
    caughtBy: ['mi-limit-without-store'],
    controls: {
      createSharedLimiter: limiterLike({
        meanwhile: countHere((call) => `${userOf(call)} ${call.actor?.clientId}`),
      }),
    },
  },
  {
    name: 'counts-tools-meanwhile',
    mistake: 'While the store is away this process counts, each tool by itself.',
    caughtBy: ['mi-limit-without-store'],
    controls: {
      createSharedLimiter: limiterLike({
        meanwhile: countHere((call) => `${userOf(call)} ${call.tool}`),
      }),
    },
  },
  {
    name: 'counts-all-users-meanwhile',
    mistake: 'While the store is away all users together have the limit of one.',
    caughtBy: ['mi-outage-is-told'],
    controls: { createSharedLimiter: limiterLike({ meanwhile: countHere(() => 'everybody') }) },
  },
  {
    name: 'a-minute-of-the-clock-meanwhile',
    mistake:
      'While the store is away this process counts, and begins anew with each minute of the clock.',
    caughtBy: ['mi-limit-without-store'],
    controls: {
      createSharedLimiter: limiterLike({
        meanwhile(limit) {
          const counts = new Map<string, number>();
          return (call) => {
            const key = `${Math.floor(Date.now() / MINUTE_MS)} ${userOf(call)}`;
            const count = (counts.get(key) ?? 0) + 1;
            counts.set(key, count);
            if (count <= limit) return { allowed: true };
            return { allowed: false, retryAfterMs: MINUTE_MS - (Date.now() % MINUTE_MS) };
          };
        },
      }),
    },
  },
  {
    name: 'each-outage-from-nothing',
    mistake: 'This process counts while the store is away, and forgets it whenever that is back.',
    caughtBy: ['mi-limit-without-store'],
    controls: {
      createSharedLimiter(limits, store) {
        let count: Meanwhile | undefined;
        const limiter = limiterLike({
          async takePlaces(asked, windows) {
            const wait = await RIGHT.takePlaces(asked, windows);
            count = undefined;
            return wait;
          },
          meanwhile: (limit) => (call) => (count ??= countHere(userOf)(limit))(call),
        });
        return limiter(limits, store);
      },
    },
  },
];
