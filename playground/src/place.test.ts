import { expect, it } from 'vitest';
import { destinations } from '../../studies/burst/shared.ts';
import { flowIds } from '../../studies/flow/shared.ts';
import {
  burstHref,
  attackHref,
  checksHref,
  flowHref,
  hrefOf,
  readPlace,
  topicHref,
  trackHref,
} from './place.ts';

it('reads back the links it makes', () => {
  expect(readPlace(attackHref('tok-alg-none').slice(1))).toEqual({
    page: 'attack',
    id: 'tok-alg-none',
  });
  expect(readPlace(attackHref('city-unicode', 'a/b %').slice(1))).toEqual({
    page: 'attack',
    id: 'city-unicode',
    variant: 'a/b %',
  });
  expect(readPlace(topicHref('05-access-tokens', 'the audience').slice(1))).toEqual({
    page: 'topic',
    slug: '05-access-tokens',
    anchor: 'the audience',
  });
  expect(readPlace(checksHref('05-access-tokens').slice(1))).toEqual({
    page: 'checks',
    slug: '05-access-tokens',
  });
  expect(readPlace(trackHref('05-access-tokens').slice(1))).toEqual({
    page: 'checks',
    slug: '05-access-tokens',
    onTrack: true,
  });
  expect(readPlace(flowHref().slice(1))).toEqual({ page: 'flow', flow: 'sign-in' });
  for (const flow of flowIds) {
    expect(readPlace(flowHref(flow).slice(1))).toEqual({ page: 'flow', flow });
    expect(readPlace(flowHref(flow, 'a step').slice(1))).toEqual({
      page: 'flow',
      flow,
      step: 'a step',
    });
  }
  expect(readPlace(hrefOf('whole-server').slice(1))).toEqual({ page: 'whole-server' });
  for (const to of destinations) {
    expect(readPlace(burstHref(to).slice(1))).toEqual({ page: 'burst', to });
  }
  expect(readPlace(hrefOf('envelope').slice(1))).toEqual({ page: 'envelope' });
  expect(readPlace(hrefOf('tokens').slice(1))).toEqual({ page: 'tokens' });
  expect(readPlace(hrefOf('forensics').slice(1))).toEqual({ page: 'forensics' });
});

it('keeps addresses that were printed under an earlier name', () => {
  expect(readPlace('/audit')).toEqual({ page: 'whole-server' });
  expect(readPlace('/benches')).toEqual({ page: 'studies' });
});

it('opens the start page for an empty hash', () => {
  expect(readPlace('/')).toEqual({ page: 'start' });
});

it('does not guess at links it cannot read', () => {
  for (const path of [
    '/topic',
    '/use/a/b',
    '/checks',
    '/checks/a/b',
    '/nowhere/x',
    '/topic/%E0%A4%A',
    '/topic/a/b/c',
    '/flow/a/b',
    '/flow/third-party/a/b',
    '/burst/a',
    '/burst/instances/a',
    '/constructor',
  ]) {
    expect(readPlace(path).page).toBe('unknown');
  }
});
