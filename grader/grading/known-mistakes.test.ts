import { describe, expect, test } from 'vitest';
import type { CheckOutcome } from '../checks/check-outcome.ts';
import { mistakesBehind, readKnownMistakes, type KnownMistakes } from './known-mistakes.ts';

const known: KnownMistakes = {
  '05-access-tokens': [
    { name: 'one', mistake: 'One.', fails: { a: 'x: breached' } },
    { name: 'both', mistake: 'Both.', fails: { a: 'x: breached', b: 'y: breached' } },
    { name: 'other', mistake: 'Other.', fails: { a: 'z: breached' } },
  ],
};

const failing = (signatures: Record<string, string>): Map<string, CheckOutcome> =>
  new Map([
    ['passes', { passed: true }],
    ...Object.entries(signatures).map(([id, signature]): [string, CheckOutcome] => [
      id,
      { passed: false, signature, reason: '', explanation: { findings: [], facts: [] } },
    ]),
  ]);
const named = (signatures: Record<string, string>) =>
  Object.fromEntries(mistakesBehind('05-access-tokens', failing(signatures), known));

describe('a mistake is named', () => {
  test('if everything that it is known to fail has failed in the same way', () => {
    expect(named({ a: 'x: breached' })).toEqual({ a: ['One.'] });
    expect(named({ a: 'x: breached', b: 'another way' })).toEqual({ a: ['One.'] });
  });

  test('and of several, the one that explains most', () => {
    const failures = { a: 'x: breached', b: 'y: breached' };
    expect(named(failures)).toEqual({ a: ['Both.'], b: ['Both.'] });
  });

  test('but none for a failure that nobody has seen before', () => {
    expect(named({ a: 'new: breached', c: 'x: breached' })).toEqual({});
  });
});

test('every recorded mistake is named by how it fails, unless three or more fail alike', () => {
  const nameless = Object.entries(readKnownMistakes()).flatMap(([slug, mistakes]) =>
    mistakes
      .filter(({ mistake, fails }) => {
        const given = [...mistakesBehind(slug, failing(fails)).values()].flat();
        const alike = mistakes.filter((one) => JSON.stringify(one.fails) === JSON.stringify(fails));
        return alike.length <= 2 && !given.includes(mistake);
      })
      .map(({ name }) => `${slug}/${name}`),
  );
  expect(nameless).toEqual([]);
});
