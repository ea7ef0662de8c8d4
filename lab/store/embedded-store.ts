/**
 * The store of a machine that has neither Valkey nor Redis: in the lab's own process, with the same
 * steps. `proof/workbook/shared-stores.test.ts` holds the two together.
 */
import type { StoreStep } from '../../exercises/weather-server/world/shared-store.ts';
import type { StoreBackend } from './store-backend.ts';

interface Kept {
  /** A text, or the times of places that are taken, oldest first. */
  what: string | number[];
  until: number;
}

/** @param clock milliseconds since the epoch */
export function createEmbeddedStore(clock: () => number = Date.now): StoreBackend {
  const kept = new Map<string, Kept>();
  let passed = 0;
  const now = (): number => clock() + passed;

  function find(key: string): Kept | undefined {
    const found = kept.get(key);
    if (found && found.until > now()) return found;
    kept.delete(key);
    return undefined;
  }
  const textOf = (key: string): string | undefined => {
    const what = find(key)?.what;
    if (Array.isArray(what)) throw new Error('WRONGTYPE This key holds places, and no text.');
    return what;
  };
  const keep = (key: string, what: Kept['what'], lifeMs: number): void =>
    void kept.set(key, { what, until: now() + lifeMs });

  function placesOf(key: string): number[] {
    const what = find(key)?.what ?? [];
    if (!Array.isArray(what)) throw new Error('WRONGTYPE This key holds a text, and no places.');
    return what;
  }

  function takePlaces({ windows, windowMs }: Extract<StoreStep, { name: 'takePlaces' }>): number {
    const wait = Math.max(
      0,
      ...windows.map(({ key, limit }) => {
        const oldest = limit === 0 ? now() : placesOf(key).at(-limit);
        return oldest === undefined ? 0 : windowMs - (now() - oldest);
      }),
    );
    if (wait > 0) return wait;
    for (const { key, limit } of windows) {
      keep(key, [...placesOf(key), now()].slice(-limit), windowMs);
    }
    return 0;
  }

  function answer(step: StoreStep): unknown {
    switch (step.name) {
      case 'get':
        return textOf(step.key) ?? null;
      case 'set':
        keep(step.key, step.value, step.lifeMs);
        return null;
      case 'add': {
        if (find(step.key)) return false;
        keep(step.key, step.value, step.lifeMs);
        return true;
      }
      case 'replace': {
        if (textOf(step.key) !== step.expected) return false;
        keep(step.key, step.value, step.lifeMs);
        return true;
      }
      case 'take': {
        const found = textOf(step.key);
        kept.delete(step.key);
        return found ?? null;
      }
      case 'increment': {
        const before = textOf(step.key);
        const found = kept.get(step.key);
        if (before !== undefined && !/^(?:0|-?[1-9]\d{0,14})$/.test(before)) {
          throw new Error('ERR value is not an integer or out of range');
        }
        const sum = Number(before ?? 0) + 1;
        kept.set(step.key, { what: String(sum), until: found?.until ?? now() + step.lifeMs });
        return sum;
      }
      case 'takePlaces':
        return takePlaces(step);
      case 'now':
        return now();
    }
  }

  return {
    name: 'the embedded store',
    async run(step) {
      const given = answer(step);
      // As from another process: never before whoever asked has gone on.
      await new Promise((resolve) => setImmediate(resolve));
      return given;
    },
    async passTime(milliseconds) {
      passed += Math.round(milliseconds);
    },
    async forget() {
      kept.clear();
    },
    contents: async () =>
      [...kept.keys()].flatMap((key) => {
        const found = find(key);
        return found ? [key, String(found.what)] : [];
      }),
  };
}
