import type {
  CreateSharedLimiter,
  LimitDecision,
  SharedLimiter,
  ToolCall,
} from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';
import type { SharedStore } from '../../../exercises/weather-server/world/shared-store.ts';
import { createRateLimiter } from '../../../solutions/10-rate-limits/rate-limiter.ts';
import {
  createSharedLimiter as rightly,
  withinFiveSeconds,
} from '../../../solutions/18-many-instances/shared-limiter.ts';
import type { Mistake } from '../../solutions.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const userOf = ({ actor }: ToolCall): string => JSON.stringify([actor?.issuer, actor?.subject]);

/** The reference, with another store. */
const withStore =
  (change: (store: SharedStore) => Partial<SharedStore>): CreateSharedLimiter =>
  (limits, store) =>
    rightly(limits, { ...store, ...change(store) });

/** The reference, with another call. */
const withCall =
  (change: (call: ToolCall) => Partial<ToolCall>): CreateSharedLimiter =>
  (limits, store) => {
    const limiter = rightly(limits, store);
    return { check: (call) => limiter.check({ ...call, ...change(call) }) };
  };

const withSubject = (change: (subject: string) => string): CreateSharedLimiter =>
  withCall(({ actor }) => ({
    actor: actor && { ...actor, subject: change(actor.subject) },
  }));

/** What cannot be counted is an outage, and said to be one. */
async function counted(count: () => Promise<LimitDecision>): Promise<LimitDecision> {
  try {
    return await withinFiveSeconds(count());
  } catch {
    throw new UnavailableError('Calls cannot be counted now.');
  }
}

/** Reads the places, decides, and writes them: two steps. By a clock of its own, if one is given. */
async function betweenTwoSteps(
  store: SharedStore,
  key: string,
  limit: number,
  clock: () => Promise<number>,
): Promise<number> {
  const now = await clock();
  const kept = JSON.parse((await store.get(key)) ?? '[]') as number[];
  const places = kept.filter((at) => now - at < MINUTE_MS);
  if (places.length >= limit) return MINUTE_MS - (now - (places[places.length - limit] ?? now));
  await store.set(key, JSON.stringify([...places, now]), MINUTE_MS);
  return 0;
}

/** The same in one step, tried until nobody came in between. */
async function inOneStep(
  store: SharedStore,
  key: string,
  limit: number,
  clock: () => Promise<number> | number,
  attempts = Infinity,
): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await store.get(key);
    const now = await clock();
    const kept = JSON.parse(before ?? '[]') as number[];
    const places = kept.filter((at) => now - at < MINUTE_MS);
    if (places.length >= limit) return MINUTE_MS - (now - (places[places.length - limit] ?? now));
    const after = JSON.stringify([...places, now]);
    const isDone =
      before === undefined
        ? await store.add(key, after, HOUR_MS)
        : await store.replace(key, before, after, HOUR_MS);
    if (isDone) return 0;
  }
  return 0;
}

const decisionOf = (wait: number): LimitDecision =>
  wait === 0 ? { allowed: true } : { allowed: false, retryAfterMs: wait };

export const mistakes: Mistake[] = [
  {
    name: 'reads-and-then-writes',
    mistake:
      'The places of a user are read from the store, judged, and written back: two steps, between which everybody else has read the same.',
    caughtBy: ['mi-after-an-outage', 'mi-burst', 'mi-serves-sixty', 'mi-tools-have-their-own'],
    controls: {
      createSharedLimiter: (limits, store) => {
        const ofTools = rightly({ ...limits, perUserPerMinute: 100_000 }, store);
        return {
          async check(call) {
            const ofTool = await ofTools.check(call);
            if (!ofTool.allowed) return ofTool;
            return counted(async () =>
              decisionOf(
                await betweenTwoSteps(store, userOf(call), limits.perUserPerMinute, () =>
                  store.now(),
                ),
              ),
            );
          },
        };
      },
    },
  },
  {
    name: 'gives-up-and-lets-pass',
    mistake: 'After fifteen attempts to write what it has decided, a limiter lets the call pass.',
    caughtBy: ['mi-burst', 'mi-tools-have-their-own'],
    controls: {
      createSharedLimiter: (limits, store) => {
        const ofTools = rightly({ ...limits, perUserPerMinute: 100_000 }, store);
        return {
          async check(call) {
            const ofTool = await ofTools.check(call);
            if (!ofTool.allowed) return ofTool;
            const { perUserPerMinute } = limits;
            return counted(async () =>
              decisionOf(
                await inOneStep(store, userOf(call), perUserPerMinute, () => store.now(), 15),
              ),
            );
          },
        };
      },
    },
  },
  {
    name: 'tools-between-two-steps',
    mistake: 'The limit of the user is one step at the store, and that of the tool is two.',
    caughtBy: ['mi-tool-burst', 'mi-tools-have-their-own'],
    controls: {
      createSharedLimiter: (limits, store) => {
        const ofUsers = rightly({ ...limits, perToolPerMinute: {} }, store);
        return {
          async check(call) {
            const limit = new Map(Object.entries(limits.perToolPerMinute)).get(call.tool);
            if (limit !== undefined) {
              const key = JSON.stringify([userOf(call), call.tool]);
              const ofTool = await counted(async () =>
                decisionOf(await betweenTwoSteps(store, key, limit, () => store.now())),
              );
              if (!ofTool.allowed) return ofTool;
            }
            return ofUsers.check(call);
          },
        };
      },
    },
  },
  {
    name: 'no-limit-for-a-tool',
    mistake: 'Calls are counted together, and a tool has no limit of its own.',
    caughtBy: ['mi-tool-burst', 'mi-tools-have-their-own', 'mi-users-apart'],
    controls: {
      createSharedLimiter: (limits, store) => rightly({ ...limits, perToolPerMinute: {} }, store),
    },
  },
  {
    name: 'user-first-then-tool',
    mistake:
      'The place of the user is taken in one step and that of the tool in the next, so that calls which the tool refuses use up what is for others.',
    caughtBy: ['mi-tools-have-their-own'],
    controls: {
      createSharedLimiter: (limits, store) => {
        const ofUsers = rightly({ ...limits, perToolPerMinute: {} }, store);
        return {
          async check(call) {
            const ofUser = await ofUsers.check(call);
            const limit = new Map(Object.entries(limits.perToolPerMinute)).get(call.tool);
            if (!ofUser.allowed || limit === undefined) return ofUser;
            const key = JSON.stringify([userOf(call), call.tool]);
            return counted(async () =>
              decisionOf(await store.takePlaces([{ key, limit }], MINUTE_MS)),
            );
          },
        };
      },
    },
  },
  {
    name: 'a-minute-from-the-first-call',
    mistake:
      'A number that lives a minute from its first call is right in one step, and lets twice as many through where one minute ends.',
    caughtBy: ['mi-tools-have-their-own', 'mi-two-minutes'],
    controls: {
      createSharedLimiter: withStore((store) => ({
        async takePlaces(windows, windowMs) {
          for (const { key, limit } of windows.toReversed()) {
            if ((await store.increment(`count of ${key}`, windowMs)) > limit) return windowMs;
          }
          return 0;
        },
      })),
    },
  },
  {
    name: 'own-clock',
    mistake:
      'Times are those of the instance that is asked; one whose clock is ahead takes every call of the others for an old one, and its own keep users out for an hour.',
    caughtBy: ['mi-clock-ahead', 'mi-clocks-differ', 'mi-tools-have-their-own'],
    controls: {
      createSharedLimiter: (limits, store) => {
        const ofTools = rightly({ ...limits, perUserPerMinute: 100_000 }, store);
        return {
          async check(call) {
            const ofTool = await ofTools.check(call);
            if (!ofTool.allowed) return ofTool;
            const { perUserPerMinute } = limits;
            return counted(async () =>
              decisionOf(await inOneStep(store, userOf(call), perUserPerMinute, Date.now)),
            );
          },
        };
      },
    },
  },
  {
    name: 'a-window-named-by-the-own-clock',
    mistake:
      'Keys have the hour of the instance in them, to keep them short, so that an instance whose clock is ahead counts by itself.',
    caughtBy: ['mi-clock-ahead'],
    controls: {
      // Five minutes, so that no window ends while somebody calls.
      createSharedLimiter: withStore((store) => ({
        async takePlaces(windows, windowMs) {
          const ahead = Math.round((Date.now() - (await store.now())) / MINUTE_MS);
          const named = windows.map(({ key, limit }) => ({ key: `${key} at ${ahead}`, limit }));
          return store.takePlaces(named, windowMs);
        },
      })),
    },
  },
  {
    name: 'a-count-for-each-client',
    mistake: 'Calls are counted for user and client, and anybody may register more clients.',
    caughtBy: ['mi-many-clients'],
    controls: {
      createSharedLimiter: withCall(({ actor }) => ({
        actor: actor && { ...actor, subject: JSON.stringify([actor.subject, actor.clientId]) },
      })),
    },
  },
  {
    name: 'subjects-in-small-letters',
    mistake: 'Keys are in small letters, and subjects are not the same for that.',
    caughtBy: ['mi-users-apart'],
    controls: { createSharedLimiter: withSubject((subject) => subject.toLowerCase()) },
  },
  {
    name: 'long-subjects-cut-off',
    mistake: 'Keys are cut off, so that long subjects with the same beginning share a count.',
    caughtBy: ['mi-users-apart'],
    controls: { createSharedLimiter: withSubject((subject) => subject.slice(0, 100)) },
  },
  {
    name: 'lets-pass-what-it-cannot-count',
    mistake: 'An error of the store is caught, and the call runs.',
    caughtBy: ['mi-limit-without-store'],
    controls: {
      createSharedLimiter: withStore((store) => ({
        takePlaces: (windows, windowMs) =>
          withinFiveSeconds(store.takePlaces(windows, windowMs)).catch(() => 0),
      })),
    },
  },
  {
    name: 'lets-pass-what-takes-too-long',
    mistake: 'Errors of the store refuse a call, and its silence lets it run.',
    caughtBy: ['mi-limit-without-store'],
    controls: {
      createSharedLimiter: withStore((store) => ({
        takePlaces: (windows, windowMs) =>
          Promise.race([store.takePlaces(windows, windowMs), after(1_000)]),
      })),
    },
  },
  {
    name: 'each-for-itself-ever-after',
    mistake:
      'After the first error of the store an instance counts by itself, and never asks the store again.',
    caughtBy: ['mi-after-an-outage'],
    controls: {
      createSharedLimiter(limits, store) {
        const shared = rightly(limits, store);
        const own = createRateLimiter(limits);
        let isAlone = false;
        return {
          async check(call) {
            if (isAlone) return own.check(call);
            try {
              return await shared.check(call);
            } catch {
              isAlone = true;
              return own.check(call);
            }
          },
        };
      },
    },
  },
  {
    name: 'each-for-itself',
    mistake:
      'The limiter of topic 10 counts in its own process, so that each instance has its sixty.',
    caughtBy: [
      'mi-burst',
      'mi-tool-burst',
      'mi-two-minutes',
      'mi-clock-ahead',
      'mi-many-clients',
      'mi-after-an-outage',
      'mi-serves-sixty',
      'mi-tools-have-their-own',
    ],
    controls: { createSharedLimiter: alone },
  },
  {
    name: 'a-third-for-each',
    mistake: 'Each of three instances gets a third of the limit, and calls are not spread evenly.',
    caughtBy: ['mi-clocks-differ', 'mi-tools-have-their-own', 'mi-users-apart'],
    controls: {
      createSharedLimiter: ({ perUserPerMinute, perToolPerMinute }) =>
        alone({
          perUserPerMinute: perUserPerMinute / 3,
          perToolPerMinute: Object.fromEntries(
            Object.entries(perToolPerMinute).map(([tool, limit]) => [tool, Math.floor(limit / 3)]),
          ),
        }),
    },
  },
  {
    name: 'waits-for-the-store',
    mistake: 'Nothing ends the wait for a store that says nothing.',
    caughtBy: ['mi-silence-is-answered'],
    controls: {
      createSharedLimiter: (limits, store) => ({
        async check(call) {
          await store.now().catch(() => undefined);
          return rightly(limits, store).check(call);
        },
      }),
    },
  },
  {
    name: 'one-more',
    mistake: 'The call that reaches the limit is compared with the wrong sign, and runs.',
    caughtBy: [
      'mi-after-an-outage',
      'mi-burst',
      'mi-clock-ahead',
      'mi-many-clients',
      'mi-serves-sixty',
      'mi-tools-have-their-own',
      'mi-two-minutes',
      'mi-users-apart',
    ],
    controls: {
      createSharedLimiter: ({ perUserPerMinute, perToolPerMinute }, store) =>
        rightly({ perUserPerMinute: perUserPerMinute + 1, perToolPerMinute }, store),
    },
  },
  {
    name: 'an-hour-instead-of-a-minute',
    mistake: 'A window is as long as the life of its key, and that is an hour.',
    caughtBy: ['mi-clocks-differ', 'mi-serves-sixty', 'mi-tools-have-their-own'],
    controls: {
      createSharedLimiter: withStore((store) => ({
        async takePlaces(windows) {
          const wait = await store.takePlaces(windows, HOUR_MS);
          return Math.min(wait, MINUTE_MS);
        },
      })),
    },
  },
  {
    name: 'ten-minutes-for-one-too-many',
    mistake: 'Whoever has called once too often is kept out for ten minutes.',
    caughtBy: ['mi-serves-sixty'],
    controls: {
      createSharedLimiter: withStore((store) => ({
        async takePlaces(windows, windowMs) {
          // Of the user; a tool keeps nobody out of others.
          const users = windows.length === 1 ? windows : [];
          const keys = users.map(({ key }) => `kept out: ${key}`);
          const kept = await Promise.all(keys.map((key) => store.get(key)));
          if (kept.some((one) => one !== undefined)) return windowMs;
          const wait = await store.takePlaces(windows, windowMs);
          if (wait > 0) await Promise.all(keys.map((key) => store.set(key, 'yes', 10 * MINUTE_MS)));
          return wait;
        },
      })),
    },
  },
  {
    name: 'refused-calls-count',
    mistake:
      'Refused calls take a place as well, so that a client that tries again is kept out for longer.',
    caughtBy: ['mi-tools-have-their-own'],
    controls: {
      createSharedLimiter: (limits, store) => {
        const limiter = rightly(limits, store);
        return {
          async check(call) {
            const decision = await limiter.check(call);
            // Under the key of the reference.
            const { issuer, subject } = call.actor ?? {};
            const key = JSON.stringify(['calls of', issuer, subject]);
            if (!decision.allowed) {
              await store.takePlaces([{ key, limit: 100_000 }], MINUTE_MS);
            }
            return decision;
          },
        };
      },
    },
  },
  {
    name: 'says-too-many-when-away',
    mistake: 'While the store is away, users are told that they have called too often.',
    caughtBy: ['mi-outage-is-told'],
    controls: {
      createSharedLimiter: withStore((store) => ({
        takePlaces: (windows, windowMs) =>
          withinFiveSeconds(store.takePlaces(windows, windowMs)).catch(() => windowMs),
      })),
    },
  },
];

function alone(limits: Parameters<CreateSharedLimiter>[0]): SharedLimiter {
  const limiter = createRateLimiter(limits);
  return { check: async (call) => limiter.check(call) };
}

const after = (milliseconds: number): Promise<number> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(0), milliseconds).unref();
  });
