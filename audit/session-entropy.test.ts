import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { guessableBits } from './session-entropy.ts';

const NOW = Date.UTC(2026, 10, 29, 12);
const three = (make: (at: number) => string): string[] => [0, 1, 2].map(make);
const uuidV7 = (at: number): string =>
  (NOW + at).toString(16).padStart(12, '0') + `7${randomBytes(10).toString('hex').slice(1)}`;

test.each<[string, (at: number) => string]>([
  ['UUIDs', () => randomUUID()],
  ['UUIDs with a time', uuidV7],
  ['random bytes', () => randomBytes(16).toString('base64url')],
  ['random bytes behind words', () => `session-of-the-server-${randomBytes(12).toString('hex')}`],
])('%s are not guessed', (_what, make) => {
  for (let round = 0; round < 50; round++) {
    expect(guessableBits(three(make), NOW)).toBeGreaterThanOrEqual(64);
  }
});

test.each<[string, (at: number) => string]>([
  ['numbers', (at) => `${at + 1}`],
  ['a long prefix and a number', (at) => `session-of-the-weather-server-00000${at}`],
  ['the time', (at) => `session-${NOW + at}-of-the-weather-server`],
  ['the time and a short random part', (at) => `${NOW + at}-${randomBytes(4).toString('hex')}`],
  [
    'the time to the base of 36 and some digits',
    (at) => (NOW + at).toString(36) + `${Math.floor(1e9 + (at + 1) * 123_456_789)}`,
  ],
])('%s are', (_what, make) => expect(guessableBits(three(make), NOW)).toBeLessThan(64));
