import { expect, test } from 'vitest';
import { stateIn, takeApart } from './take-apart.ts';

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

test('shows what the middle of a signed state says, and of its MAC how long it is', () => {
  const note = '{"p":{"id":"7","about":"…"},"exp":1796022638}';
  const mac = Buffer.alloc(32, 0xff).toString('base64url');
  expect(takeApart(`v1.${base64url(note)}.${mac}`)).toEqual([
    { text: 'v1', bytes: undefined, says: undefined },
    { text: base64url(note), bytes: Buffer.byteLength(note), says: note },
    { text: mac, bytes: 32, says: undefined },
  ]);
});

test('reads hex, base64 with its padding, and what is neither', () => {
  expect(takeApart('00ff00ff00ff')).toEqual([{ text: '00ff00ff00ff', bytes: 6, says: undefined }]);
  expect(takeApart('aGVsbG8gdGhlcmU=')[0]?.says).toBe('hello there');
  expect(takeApart('a b c d e')[0]).toEqual({
    text: 'a b c d e',
    bytes: undefined,
    says: undefined,
  });
});

test('says no text with characters that nobody sees', () => {
  expect(takeApart(base64url('hello\u0000there'))[0]?.says).toBeUndefined();
});

test.each([
  ['an answer', '{"result":{"requestState":"abc"}}', 'abc'],
  ['a call', '{"params":{"requestState":"abc"}}', 'abc'],
  ['a state that is no text', '{"params":{"requestState":{"a":1}}}', undefined],
  ['no object', 'null', undefined],
  ['no JSON', 'requestState', undefined],
])('finds the state of %s', (_what, body, state) => {
  expect(stateIn(body)).toBe(state);
});
