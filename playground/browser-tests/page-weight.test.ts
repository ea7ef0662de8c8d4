/** How much a browser must load before somebody can begin. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { workbookPage } from './workbook-page.ts';

const at = workbookPage();

/** Of all JavaScript that was asked for, but for what is left out. */
async function kilobytesLoadedAt(place: string, leftOut: RegExp): Promise<number> {
  const sizes: Promise<number>[] = [];
  at.page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js') || leftOut.test(pathname)) return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await at.open(place);
  await at.page.getByRole('heading', { level: 1 }).waitFor();
  await at.page.waitForLoadState('load');
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
}

test('the start page is 120 kB of JavaScript at most, compressed', async () => {
  expect(await kilobytesLoadedAt('', /^$/)).toBeLessThanOrEqual(120);
});

test('so is a topic, without the editor and the text of the lesson', async () => {
  const loaded = await kilobytesLoadedAt(
    'topic/05-access-tokens',
    /\/(?:code-mirror|dist|libesm|\d\d-)[^/]*$/,
  );
  expect(loaded).toBeLessThanOrEqual(120);
});
