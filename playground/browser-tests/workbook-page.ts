/** A page of a real browser for each test of a file. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import { startWorkbookCopy, type RunningWorkbook } from './running-workbook.ts';

const AXE = readFileSync(
  path.resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
);

export interface WorkbookPage {
  readonly page: Page;
  /** Goes to a place in the page, such as `topic/03-pkce`. */
  open(place: string): Promise<unknown>;
}

/** At the workbook that all such files share, so its files stay as they are. */
export function workbookPage(): WorkbookPage {
  return pageAt(() => inject('workbook'));
}

/** At a copy of its own, for tests that change files or what is remembered of the learner. */
export function ownWorkbookPage(): WorkbookPage & { readonly workbook: RunningWorkbook } {
  let workbook: RunningWorkbook;
  beforeAll(async () => {
    workbook = await startWorkbookCopy();
  }, 120_000);
  afterAll(() => workbook?.stop());
  const at = pageAt(() => workbook.url);
  return {
    get workbook() {
      return workbook;
    },
    get page() {
      return at.page;
    },
    open: (place) => at.open(place),
  };
}

/** An error on the page, or anything that its security policy kept it from doing, fails the test. */
function pageAt(address: () => string): WorkbookPage {
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await connectBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) problems.push(message.text());
    });
  });
  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });

  return {
    get page() {
      return page;
    },
    open: (place) => page.goto(`${address()}#/${place}`),
  };
}

/** The browser that all tests share; closing this end of it leaves it running. */
export const connectBrowser = (): Promise<Browser> => chromium.connect(inject('browser'));

/** A new size or theme is drawn a frame after it was asked for. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );

/** Tries both themes, and then a page as narrow as a small phone; the size is as it was afterwards. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const [colorScheme, rules] of [
    ['light', undefined],
    // The rest is the same in every theme.
    ['dark', ['color-contrast']],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectNoAxeViolations(page, rules);
  }
  const size = page.viewportSize();
  await expectNoSidewaysScrolling(page);
  if (size) await page.setViewportSize(size);
}

/** @param rules of axe; all of them unless said otherwise */
export async function expectNoAxeViolations(page: Page, rules?: readonly string[]): Promise<void> {
  await drawn(page);
  // Not as a script of the page, which its security policy forbids.
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (runOnly) => {
    type Axe = {
      run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      ...(runOnly && { runOnly }),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, rules);
  expect(violations).toEqual([]);
}

/** Makes the page as narrow as a small phone. A browser that is busy lays it out a little later. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 700 });
  const overflow = (): Promise<number> =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  await expect.poll(overflow, { timeout: 60_000 }).toBeLessThanOrEqual(0);
}
