import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';

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
  function weigh(response: Response): void {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js') || leftOut.test(pathname)) return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  }
  page.on('response', weigh);
  try {
    await open();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('load');
  } finally {
    page.off('response', weigh);
  }
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
}
