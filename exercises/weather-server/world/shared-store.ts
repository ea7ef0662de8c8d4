/**
 * What several instances of the server share: a store outside of them. Each method is one step at the
 * store, which does one step after the other, whoever asks. What is between two steps of yours, others
 * may use for theirs.
 *
 * Any method may reject, because the store is away, or never settle, because it is silent. Then nobody
 * knows whether the step was done.
 */
import { z } from 'zod';

const key = z
  .string()
  .min(1)
  .max(1_000)
  .refine((text) => text.isWellFormed(), 'has a lone surrogate');
const value = z
  .string()
  .max(64 * 1024)
  .refine((text) => text.isWellFormed(), 'has a lone surrogate');
/** Milliseconds; a year at most. */
const life = z
  .number()
  .positive()
  .max(366 * 24 * 60 * 60_000)
  .transform(Math.ceil);
const places = z.strictObject({ key, limit: z.int().min(0).max(100_000) });

/** A step, as it travels to the store. */
export const storeStep = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('get'), key }),
  z.strictObject({ name: z.literal('set'), key, value, lifeMs: life }),
  z.strictObject({ name: z.literal('add'), key, value, lifeMs: life }),
  z.strictObject({ name: z.literal('replace'), key, expected: value, value, lifeMs: life }),
  z.strictObject({ name: z.literal('take'), key }),
  z.strictObject({ name: z.literal('increment'), key, lifeMs: life }),
  z.strictObject({
    name: z.literal('takePlaces'),
    windows: z.array(places).min(1).max(8),
    windowMs: life,
  }),
  z.strictObject({ name: z.literal('now') }),
]);
export type StoreStep = z.infer<typeof storeStep>;

/** A sliding window of calls: `limit` places, each taken for as long as the window is. */
interface StoreWindow {
  key: string;
  limit: number;
}

export interface SharedStore {
  /** The text under a key, unless there is none or its life is over. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a text under a key for so many milliseconds, whatever was there. */
  set(key: string, value: string, lifeMs: number): Promise<void>;
  /** Keeps a text under a key that has none; whether it did. Of many that ask, one succeeds. */
  add(key: string, value: string, lifeMs: number): Promise<boolean>;
  /** Puts a text in place of `expected`; whether that was there still, letter by letter. */
  replace(key: string, expected: string, value: string, lifeMs: number): Promise<boolean>;
  /** Gives the text under a key, and removes it. Of many that ask, one gets it. */
  take(key: string): Promise<string | undefined>;
  /** Adds 1 to the number under a key, and gives the sum. Its life begins with the first. */
  increment(key: string, lifeMs: number): Promise<number>;
  /**
   * Takes a place in each of these windows, or in none of them: the time in milliseconds until there
   * is one in each, 0 if they were taken. Time is the store's.
   */
  takePlaces(windows: StoreWindow[], windowMs: number): Promise<number>;
  /** The store's clock, in milliseconds since the epoch: one for all instances. */
  now(): Promise<number>;
}

/** @param run does one step where the store is, and gives what is there, or null for nothing */
export function createSharedStore(run: (step: StoreStep) => Promise<unknown>): SharedStore {
  return {
    get: async (key) => textIn(await run({ name: 'get', key })),
    async set(key, value, lifeMs) {
      await run({ name: 'set', key, value, lifeMs });
    },
    add: async (key, value, lifeMs) => (await run({ name: 'add', key, value, lifeMs })) === true,
    replace: async (key, expected, value, lifeMs) =>
      (await run({ name: 'replace', key, expected, value, lifeMs })) === true,
    take: async (key) => textIn(await run({ name: 'take', key })),
    increment: async (key, lifeMs) => Number(await run({ name: 'increment', key, lifeMs })),
    takePlaces: (windows, windowMs) => run({ name: 'takePlaces', windows, windowMs }).then(Number),
    now: async () => Number(await run({ name: 'now' })),
  };
}

const textIn = (given: unknown): string | undefined =>
  typeof given === 'string' ? given : undefined;
