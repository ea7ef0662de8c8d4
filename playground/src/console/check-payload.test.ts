import { expect, it } from 'vitest';
import { checkPayload } from './check-payload.ts';

it('lets any JSON value pass', () => {
  for (const text of ['{}', '[1]', '"x"', 'null', ' {"a": 1}\n']) {
    expect(checkPayload(text)).toBeUndefined();
  }
});

it('says that text is not JSON', () => {
  expect(checkPayload('{"a": }')).toMatch(/^This is not valid JSON: /);
  expect(checkPayload('')).toMatch(/^This is not valid JSON: /);
});

it('refuses what would not fit into 64 KiB once it is written into the request', () => {
  expect(checkPayload(JSON.stringify('x'.repeat(62_000)))).toBeUndefined();
  expect(checkPayload(JSON.stringify('x'.repeat(65_000)))).toMatch(/too long/);
  // Every quotation mark takes four bytes on the way.
  expect(checkPayload(JSON.stringify('"'.repeat(17_000)))).toMatch(/too long/);
  expect(checkPayload(JSON.stringify('東'.repeat(22_000)))).toMatch(/too long/);
});
