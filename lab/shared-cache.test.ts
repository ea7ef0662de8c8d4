import { expect, test } from 'vitest';
import { SharedCache, type CachedRequest } from './shared-cache.ts';

const list = (token?: string, params: Record<string, unknown> = {}): CachedRequest => ({
  method: 'tools/list',
  params,
  token,
});
const answer = (cacheScope: unknown, ttlMs: unknown = 1000) => ({
  resultType: 'complete',
  tools: [],
  ttlMs,
  cacheScope,
});

function cacheAt(start = 0) {
  const clock = { now: start };
  return { clock, cache: new SharedCache(() => clock.now) };
}

test('gives a public answer to anybody, until its time is over', () => {
  const { cache, clock } = cacheAt();
  cache.pass(list('alice'), answer('public'));
  clock.now = 999;
  expect(cache.find(list('bob'))).toBeDefined();
  expect(cache.find(list())).toBeDefined();
  clock.now = 1000;
  expect(cache.find(list('alice'))).toBeUndefined();
  expect(cache.findStale(list('bob'))).toBeDefined();
});

test('gives a private answer to the same token only', () => {
  const { cache } = cacheAt();
  cache.pass(list('alice'), answer('private'));
  expect(cache.find(list('alice'))).toBeDefined();
  for (const other of [list('bob'), list(), list('')]) {
    expect(cache.find(other)).toBeUndefined();
    expect(cache.findStale(other)).toBeUndefined();
  }
});

test('takes parameters for part of the question, and _meta for none', () => {
  const { cache } = cacheAt();
  cache.pass(list('alice', { _meta: { traceparent: '1' } }), answer('public'));
  expect(cache.find(list('bob', { _meta: { traceparent: '2' } }))).toBeDefined();
  expect(cache.find(list('bob', { cursor: '2' }))).toBeUndefined();
  expect(cache.find({ ...list('bob'), method: 'server/discover' })).toBeUndefined();
});

test.each([
  ['no hints', { resultType: 'complete' }],
  ['a negative time', answer('public', -1)],
  ['a fraction', answer('public', 0.5)],
  ['a scope of its own', answer('shared')],
  ['a question', { ...answer('public'), resultType: 'input_required' }],
  ['nothing', undefined],
])('keeps nothing of an answer with %s', (_what, result) => {
  const { cache } = cacheAt();
  cache.pass(list('alice'), result);
  expect(cache.findStale(list('alice'))).toBeUndefined();
});

test('keeps no result of a call, nor of a request that was repeated with an answer', () => {
  const { cache } = cacheAt();
  const call = { method: 'tools/call', params: { name: 'get_weather' }, token: 'alice' };
  cache.pass(call, answer('public'));
  cache.pass(list('alice', { requestState: 'v1' }), answer('public'));
  expect(cache.findStale(call)).toBeUndefined();
  expect(cache.findStale(list('alice', { requestState: 'v1' }))).toBeUndefined();
});
