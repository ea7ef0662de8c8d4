import type { CreateSharedLimiter } from '../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../exercises/weather-server/errors.ts';

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 5_000;

/**
 * One step at the store looks at the windows of the user and of the tool, and takes a place in both or
 * in neither: so two hundred calls at three instances are decided one after the other (CWE-367). Time is
 * the store's; instances' clocks differ, and an hour's difference would open or close a window for an
 * hour.
 *
 * Keys are JSON, because no separator is safe in a subject; they begin with a word, because grants lie in
 * the same store.
 *
 * **When the store is away** nothing runs: a call that is not counted is one more than was promised, and
 * this server is nothing without its store anyway, since nobody could sign in. A server that has to go
 * on counts in its own process meanwhile, and says so to somebody; its limit is then one for each
 * instance.
 *
 * Does not know whether a step that was given up was done: it may have taken a place, never given one.
 * A store that loses its memory begins with empty windows.
 */
export const createSharedLimiter: CreateSharedLimiter = (
  { perUserPerMinute, perToolPerMinute },
  store,
) => {
  const toolLimits = new Map(Object.entries(perToolPerMinute));
  return {
    async check({ actor, tool }) {
      // Every anonymous call counts as one user's.
      const user = actor ? [actor.issuer, actor.subject] : [];
      const windows = [{ key: keyOf('calls of', user), limit: perUserPerMinute }];
      const limit = toolLimits.get(tool);
      if (limit !== undefined) windows.push({ key: keyOf(`calls of ${tool} of`, user), limit });
      let wait: number;
      try {
        wait = await withinFiveSeconds(store.takePlaces(windows, MINUTE_MS));
      } catch {
        throw new UnavailableError('Calls cannot be counted now.');
      }
      return wait === 0 ? { allowed: true } : { allowed: false, retryAfterMs: wait };
    },
  };
};

const keyOf = (what: string, user: string[]): string => JSON.stringify([what, ...user]);

/**
 * What a step at the store gives, or a rejection if it has given nothing for five seconds. The step is
 * not called back: it may still be done, later.
 */
export function withinFiveSeconds<T>(step: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new Error('The store is silent.'));
    const timer = setTimeout(giveUp, LONGEST_WAIT_MS);
    step.then(
      (given) => {
        clearTimeout(timer);
        resolve(given);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
