/**
 * How much a browser must load before somebody can begin.
 *
 * @module-tag long
 */
import { expect, test } from 'vitest';
import { kilobytesLoaded } from './loaded-javascript.ts';
import { workbookPage } from './workbook-page.ts';

const at = workbookPage();

const loadedAt = (place: string, leftOut?: RegExp): Promise<number> =>
  kilobytesLoaded(at.page, () => at.open(place), leftOut);

test('the start page is 110 kB of JavaScript at most, compressed', async () => {
  expect(await loadedAt('')).toBeLessThanOrEqual(110);
});

test('so is a topic, without the editor and the text of the lesson', async () => {
  const editorOrLesson = /\/(?:code-mirror|dist|libesm|\d\d-)[^/]*$/;
  expect(await loadedAt('topic/05-access-tokens', editorOrLesson)).toBeLessThanOrEqual(110);
});
