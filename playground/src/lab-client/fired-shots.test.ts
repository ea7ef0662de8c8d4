import { expect, it } from 'vitest';
import { readFiredShots, withinBounds } from './fired-shots.ts';
import type { FiredShot } from './shot.ts';

const fired = (id: number, payload?: string): FiredShot => ({
  id: `${id}`,
  at: id,
  shot: {
    kind: 'attack',
    slug: '03-pkce',
    request: {
      attackId: 'a',
      variant: 'v',
      ...(payload === undefined ? {} : { payload }),
      targets: ['yours'],
    },
  },
  results: { yours: { breached: 1 } },
});

it('reads back what was stored', () => {
  const use: FiredShot = {
    ...fired(2),
    shot: {
      kind: 'use',
      slug: '03-pkce',
      request: { useId: 'u', targets: ['baseline'], repeat: { how: 'in-turn', times: 5 } },
    },
  };
  const shots = [fired(1, '{}'), use];
  expect(readFiredShots(JSON.stringify(shots))).toEqual(shots);
});

it.each([
  undefined,
  '',
  'null',
  '{}',
  '[null, 1, []]',
  JSON.stringify([{ ...fired(1), results: 'x' }]),
  JSON.stringify([{ ...fired(1), results: { yours: { breached: 'many' } } }]),
  JSON.stringify([{ ...fired(1), shot: { kind: 'attack', slug: 's', request: {} } }]),
])('leaves out what is no shot: %s', (stored) => {
  expect(readFiredShots(stored)).toEqual([]);
});

it('keeps the newest fifty', () => {
  const shots = Array.from({ length: 80 }, (_, i) => fired(i));
  expect(withinBounds(shots)).toEqual(shots.slice(0, 50));
});

it('keeps fewer when payloads are long', () => {
  const shots = Array.from({ length: 40 }, (_, i) => fired(i, 'x'.repeat(60_000)));
  expect(withinBounds(shots)).toHaveLength(16);
});
