import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/**
 * How much JavaScript a browser asks for until a place of the page is there, in kB of 1000 bytes,
 * each file compressed by gzip.
 *
 * @param open goes there
 * @param leftOut names of files that do not count
 */
export async function kilobytesLoaded(
  page: Page,
  open: () => Promise<unknown>,
  leftOut = /^$/,
): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js') || leftOut.test(pathname)) return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await open();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('load');
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
}
