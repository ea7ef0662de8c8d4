import { afterEach, expect, test, vi } from 'vitest';
import { KeptAnswers } from './kept-answers.ts';

afterEach(() => void vi.useRealTimers());

function counting() {
  let made = 0;
  return { answers: new KeptAnswers<number>(), make: async () => ++made };
}

test('gives the same answer for half a minute, and then asks again', async () => {
  vi.useFakeTimers();
  const { answers, make } = counting();
  expect(await answers.of('a', make)).toBe(1);
  vi.advanceTimersByTime(29_000);
  expect(await answers.of('a', make)).toBe(1);
  expect(await answers.of('b', make)).toBe(2);
  vi.advanceTimersByTime(1_000);
  expect(await answers.of('a', make)).toBe(3);
});

test('forgets all when something has changed', async () => {
  const { answers, make } = counting();
  await answers.of('a', make);
  answers.forget();
  expect(await answers.of('a', make)).toBe(2);
});

test('does not keep an answer that was made while something changed', async () => {
  const { answers, make } = counting();
  await answers.of('a', async () => {
    answers.forget();
    return make();
  });
  expect(await answers.of('a', make)).toBe(2);
});

test('keeps no failure', async () => {
  const { answers, make } = counting();
  const failing = answers.of('a', async () => {
    throw new Error('away');
  });
  await expect(failing).rejects.toThrow('away');
  expect(await answers.of('a', make)).toBe(1);
});

test('keeps a thousand answers at most, the latest', async () => {
  const { answers, make } = counting();
  for (let key = 0; key <= 1000; key++) await answers.of(String(key), make);
  expect(await answers.of('1000', make)).toBe(1001);
  expect(await answers.of('0', make)).toBe(1002);
});
