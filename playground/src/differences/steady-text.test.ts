import { expect, it } from 'vitest';
import { steadyText } from './steady-text.ts';

it.each([
  ['token eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln', 'token ‹token›'],
  ['id 123e4567-e89b-12d3-a456-426614174000', 'id ‹uuid›'],
  ['at 2026-11-23T13:00:00.123Z', 'at ‹time›'],
  ['http://127.0.0.1:41234/mcp', 'http://127.0.0.1:‹port›/mcp'],
  ['user-0a1b2c3d4e5f', 'user-‹hex›'],
  ['"exp":1790000000', '"exp":‹time›'],
  ['secret Zx8_kLmN0pQrStUvWxYz12345', 'secret ‹random›'],
  ['nonce-1', '‹nonce›-1'],
])('leaves out what every run has of its own: %s', (text, steady) => {
  expect(steadyText(text, 'nonce')).toBe(steady);
});

it.each([
  'HTTP 429, again in 60 s',
  'INVALID_INPUT decade facade 12ab',
  'the city of Xi’an',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
])('leaves everything else alone: %s', (text) => {
  expect(steadyText(text, undefined)).toBe(text);
});

it('is quick with a long text of one letter', () => {
  const started = performance.now();
  for (const letter of ['a', '1', 'aA', 'a1', 'eyJ', '-']) {
    steadyText(letter.repeat(20_000), undefined);
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});
