import { expect, test } from 'vitest';
import { fromHost } from './answers-of-host.ts';

test('an answer that is nothing is an answer, as it comes out of JSON', () => {
  const said = JSON.parse(JSON.stringify({ id: 1, now: 0, reply: undefined })) as unknown;
  expect(fromHost.parse(said)).toEqual({ id: 1, now: 0 });
});

test('what is neither an answer nor an error is nothing the lab reads', () => {
  expect(fromHost.safeParse({ id: 1 }).success).toBe(false);
  expect(fromHost.safeParse('1').success).toBe(false);
});
