/**
 * The embedded store does what Valkey or Redis does, step by step, and verdicts on it are the same. With
 * neither on the machine all other tests use the embedded one anyway.
 */
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../catalogue/attacks/18-many-instances/attacks.ts';
import {
  createSharedStore,
  type StoreStep,
} from '../../exercises/weather-server/world/shared-store.ts';
import { Lab } from '../../lab/lab.ts';
import { createEmbeddedStore } from '../../lab/store/embedded-store.ts';
import { SessionStore } from '../../lab/store/session-store.ts';
import { startStoreServer, type StoreServer } from '../../lab/store/store-server.ts';
import { createValkeyStore } from '../../lab/store/valkey-store.ts';
import { locateStoreServer } from '../../shared/find-store-server.ts';
import { onlyInAll } from './solutions-lab.ts';

const hasServer = locateStoreServer() !== undefined;

/** Lives end between the moments at which anybody looks, however slow a machine is. */
const LIVES = [50_000, 150_000, 1_050_000];
const PAUSES = [100_000, 200_000];

const textKey = fc.constantFrom('a', 'b', 'ключ', '__proto__', 'a:b', '🌦 "\n');
const listKey = fc.constantFrom('w', 'w2', 'toString');
const value = fc.constantFrom('', '0', '1', '7', 'text', '{"a":"é🌦"}', ' 1');
const lifeMs = fc.constantFrom(...LIVES);
const limit = fc.integer({ min: 0, max: 4 });
const step: fc.Arbitrary<StoreStep> = fc.oneof(
  fc.record({ name: fc.constant('get' as const), key: textKey }),
  fc.record({ name: fc.constant('set' as const), key: textKey, value, lifeMs }),
  fc.record({ name: fc.constant('add' as const), key: textKey, value, lifeMs }),
  fc.record({
    name: fc.constant('replace' as const),
    key: textKey,
    expected: value,
    value,
    lifeMs,
  }),
  fc.record({ name: fc.constant('take' as const), key: textKey }),
  fc.record({ name: fc.constant('increment' as const), key: textKey, lifeMs }),
  fc.record({
    name: fc.constant('takePlaces' as const),
    windows: fc.uniqueArray(fc.record({ key: listKey, limit }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ key }) => key,
    }),
    windowMs: lifeMs,
  }),
);
const move = fc.oneof(
  { weight: 6, arbitrary: step },
  {
    weight: 1,
    arbitrary: fc.record({ name: fc.constant('pass' as const), by: fc.constantFrom(...PAUSES) }),
  },
  { weight: 1, arbitrary: fc.constant({ name: 'contents' as const }) },
);

describe.runIf(hasServer)('the embedded store beside a server', () => {
  let server: StoreServer | undefined;
  let made = 0;
  beforeAll(async () => {
    server = await startStoreServer();
    server?.client.ref();
  });
  afterAll(() => server?.stop());

  test('the same steps give the same answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 40 }), async (moves) => {
        if (!server) throw new Error('no server has been started');
        const stores = [
          createValkeyStore(server.client, `${++made}:`),
          createEmbeddedStore(),
        ] as const;
        for (const one of moves) {
          const answers = await Promise.all(
            stores.map(async (store) => {
              if (one.name === 'pass') return store.passTime(one.by);
              if (one.name === 'contents') return (await store.contents()).length;
              const given = await store.run(one).catch((error: Error) => error.message.slice(0, 9));
              // Their clocks differ by the time that lies between the two.
              return one.name === 'takePlaces' ? Math.round(Number(given) / 40_000) : given;
            }),
          );
          expect(answers[1]).toEqual(answers[0]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(['embedded', ...(hasServer ? (['server'] as const) : [])] as const)('%s', (kind) => {
  let server: StoreServer | undefined;
  beforeAll(async () => {
    server = kind === 'server' ? await startStoreServer() : undefined;
    server?.client.ref();
  });
  afterAll(() => server?.stop());

  const open = (name: string): SessionStore =>
    new SessionStore(server ? createValkeyStore(server.client, `${name}:`) : createEmbeddedStore());
  const askerOf = (store: SessionStore) =>
    createSharedStore(async (asked) => {
      const outcome = await store.run(asked, 0);
      if ('failed' in outcome) throw new Error(outcome.failed);
      return outcome.given;
    });

  test('of two hundred at once, as many get a place as there are', async () => {
    const store = askerOf(open('places'));
    const windows = [
      { key: 'user', limit: 60 },
      { key: 'tool', limit: 70 },
    ];
    const asked = Array.from({ length: 200 }, () => store.takePlaces(windows, 60_000));
    const waits = await Promise.all(asked);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(60);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
    // Those that were refused have taken nothing of the other window.
    const left = Array.from({ length: 20 }, () =>
      store.takePlaces([{ key: 'tool', limit: 70 }], 60_000),
    );
    expect((await Promise.all(left)).filter((wait) => wait === 0)).toHaveLength(10);
  });

  test('one of many takes, adds, and replaces', async () => {
    const store = askerOf(open('one'));
    await store.set('code', 'kept', 60_000);
    const takes = await Promise.all(Array.from({ length: 20 }, () => store.take('code')));
    expect(takes.filter((one) => one === 'kept')).toHaveLength(1);
    const adds = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.add('name', String(index), 60_000)),
    );
    expect(adds.filter(Boolean)).toHaveLength(1);
    const before = (await store.get('name')) ?? '';
    const replaced = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.replace('name', before, `n${index}`, 60_000)),
    );
    expect(replaced.filter(Boolean)).toHaveLength(1);
  });

  test('it can be away, silent, full, and lose its answers and its memory', async () => {
    const session = open('conditions');
    const store = askerOf(session);
    await store.set('a', '1', 60_000);
    session.set('away');
    await expect(store.get('a')).rejects.toThrow('cannot be reached');
    session.set('full');
    expect(await store.get('a')).toBe('1');
    await expect(store.set('a', '2', 60_000)).rejects.toThrow('OOM');
    session.set('losing answers');
    await expect(store.set('a', '3', 60_000)).rejects.toThrow('cannot be reached');
    session.set('silent');
    const waiting = store.get('a');
    expect(session.waiting).toBe(1);
    session.set('working');
    expect(await waiting).toBe('3');
    await session.forget();
    expect(await store.get('a')).toBeUndefined();
    expect(await session.contents()).toEqual([]);
  });

  test('in rounds, who reads and then writes has read what all others have', async () => {
    const session = open('rounds');
    session.watch(() => pause(100));
    const store = askerOf(session);
    const count = async (): Promise<number> => {
      const before = Number((await store.get('n')) ?? 0);
      await store.set('n', String(before + 1), 60_000);
      return before;
    };
    const seen = await session.inRoundsOf(30, () => Promise.all(Array.from({ length: 30 }, count)));
    expect(new Set(seen)).toEqual(new Set([0]));
  });

  test.each([false, true])(
    'in rounds, instances have turns in an order (lastFirst: %j)',
    async (lastFirst) => {
      const session = open(`turns ${lastFirst}`);
      session.watch(() => pause(100));
      const write = (asker: number) =>
        session.run({ name: 'set', key: 'n', value: String(asker), lifeMs: 60_000 }, asker);
      for (const askers of [
        [0, 1, 2],
        [2, 1, 0],
        [1, 2, 0],
      ]) {
        await session.inRoundsOf(3, () => Promise.all(askers.map(write)), { lastFirst });
        expect(await askerOf(session).get('n')).toBe(lastFirst ? '0' : '2');
      }
    },
  );
});

// On the other store, where other tests use a server.
describe.runIf(hasServer)('on the embedded store', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.open({ store: 'embedded' });
  });
  afterAll(() => lab.close());

  for (const attack of catalogue.attacks) {
    const [first = '', ...others] = Object.keys(attack.variants);
    test(`${attack.id} is blocked by the reference`, async () => {
      const report = await lab.fire({ kind: 'reference' }, attack, first);
      expect(report.verdict, report.summary).toBe('blocked');
      expect(report.complaints).toEqual([]);
    });
    test.runIf(others.length > 0)(
      `${attack.id}, its other payloads, too`,
      onlyInAll(),
      async () => {
        for (const variant of others) {
          const report = await lab.fire({ kind: 'reference' }, attack, variant);
          expect(report.verdict, report.summary).toBe('blocked');
        }
      },
    );
  }
  for (const use of catalogue.uses) {
    test(`${use.id} works on the reference`, async () => {
      expect((await lab.try({ kind: 'reference' }, use)).problems).toEqual([]);
    });
  }
});
