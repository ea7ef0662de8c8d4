import { expect, it } from 'vitest';
import type { ConsoleItem } from './console-item.ts';
import { describeShot, makeShot, shotId } from './make-shot.ts';

const common = { title: 't', lessonAnchor: '', references: [] };
const attack: ConsoleItem = {
  kind: 'attack',
  id: 'a',
  level: 'core',
  story: '',
  secureAnswer: '',
  variants: { plain: '{}' },
  ...common,
};
const use: ConsoleItem = {
  kind: 'use',
  id: 'u',
  level: 'core',
  why: '',
  worksOnBaseline: true,
  ...common,
};
const aim = {
  variant: 'plain',
  payload: undefined,
  targets: ['yours'],
  repeat: undefined,
} as const;

it('fires a variant, or a payload of the learner’s own', () => {
  const shot = makeShot('03-pkce', attack, aim);
  expect(shot.request).toEqual({ attackId: 'a', variant: 'plain', targets: ['yours'] });
  expect(describeShot(shot)).toBe('“plain”');
  const own = makeShot('03-pkce', attack, { ...aim, payload: '[]' });
  expect(own.request).toMatchObject({ payload: '[]' });
  expect(describeShot(own)).toBe('your own payload');
});

it('repeats an attack in both ways, and ordinary use in turn only', () => {
  const atOnce = { how: 'at-once', times: 3 } as const;
  const inTurn = { how: 'in-turn', times: 4 } as const;
  expect(describeShot(makeShot('s', attack, { ...aim, repeat: atOnce }))).toBe(
    '“plain”, 3 at once',
  );
  expect(makeShot('s', use, { ...aim, repeat: atOnce }).request).not.toHaveProperty('repeat');
  const tried = makeShot('s', use, { ...aim, repeat: inTurn });
  expect(describeShot(tried)).toBe('4 in turn');
  expect(shotId(tried)).toBe('u');
});
