import { expect, test } from 'vitest';
import { whatCachesMay } from './what-caches-may.ts';

const answer = (result: unknown): string => JSON.stringify({ jsonrpc: '2.0', id: 1, result });

test('says of a public answer that everybody gets it, and for how long', () => {
  const said = whatCachesMay(answer({ ttlMs: 300_000, cacheScope: 'public' }));
  expect(said).toContain('5 minutes');
  expect(said).toContain('another token or none');
});

test('says of a public answer without time that it may be served while the server is away', () => {
  expect(whatCachesMay(answer({ ttlMs: 0, cacheScope: 'public' }))).toContain('away');
});

test('says of a private answer that it is for one token', () => {
  const said = whatCachesMay(answer({ ttlMs: 90_000, cacheScope: 'private' }));
  expect(said).toContain('90 seconds');
  expect(said).toContain('same token');
  expect(whatCachesMay(answer({ ttlMs: 0, cacheScope: 'private' }))).toContain('asked each time');
});

test.each([
  [{ ttlMs: -1, cacheScope: 'private' }, 'ttlMs'],
  [{ ttlMs: 0.5, cacheScope: 'public' }, 'ttlMs'],
  [{ ttlMs: null, cacheScope: 'public' }, 'ttlMs'],
  [{ ttlMs: '60000', cacheScope: 'public' }, 'ttlMs'],
  [{ cacheScope: 'public' }, 'ttlMs'],
  [{ ttlMs: 1, cacheScope: 'shared' }, 'cacheScope'],
  [{ ttlMs: 1 }, 'cacheScope'],
])('says what is wrong with %j', (result, member) => {
  expect(whatCachesMay(answer(result))).toContain(`Its ${member} is n`);
});

test.each(['', 'no JSON', 'null', '[]', '{"error":{"code":-32601}}', answer({ tools: [] })])(
  'says nothing of %j',
  (body) => expect(whatCachesMay(body)).toBeUndefined(),
);
