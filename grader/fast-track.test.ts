import { expect, test } from 'vitest';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { fastTrackTopics, filesCovered } from './fast-track.ts';

test('the fast track asks for the files that its checks are about', async () => {
  const files = await Promise.all(
    fastTrackTopics().map(async (topic) => filesCovered(topic, await loadCatalogue(topic.slug))),
  );
  expect(files).toEqual([
    ['verify-access-token.ts', 'bearer-auth.ts'],
    ['city-input.ts'],
    ['rate-limiter.ts'],
    ['audit-log.ts'],
  ]);
});
