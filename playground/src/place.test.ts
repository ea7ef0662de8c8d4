import { expect, it } from 'vitest';
import { attackHref, auditHref, flowHref, readPlace, topicHref } from './place.ts';

it('reads back the links it makes', () => {
  expect(readPlace(attackHref('tok-alg-none').slice(1))).toEqual({
    page: 'attack',
    id: 'tok-alg-none',
  });
  expect(readPlace(topicHref('05-access-tokens', 'the audience').slice(1))).toEqual({
    page: 'topic',
    slug: '05-access-tokens',
    anchor: 'the audience',
  });
  expect(readPlace(flowHref('token').slice(1))).toEqual({ page: 'flow', step: 'token' });
  expect(readPlace(flowHref().slice(1))).toEqual({ page: 'flow' });
  expect(readPlace(auditHref.slice(1))).toEqual({ page: 'audit' });
});

it('opens the start page for an empty hash', () => {
  expect(readPlace('/')).toEqual({ page: 'start' });
});

it('does not guess at links it cannot read', () => {
  for (const path of [
    '/topic',
    '/attack/a/b',
    '/nowhere/x',
    '/topic/%E0%A4%A',
    '/topic/a/b/c',
    '/flow/a/b',
  ]) {
    expect(readPlace(path).page).toBe('unknown');
  }
});
