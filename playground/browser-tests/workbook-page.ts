/** A page of a real browser for each test of a file, at one copy of the workbook. */
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/find-chromium.ts';
import { startWorkbookCopy, type RunningWorkbook } from './running-workbook.ts';

const AXE = path.resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js');

export interface WorkbookPage {
  readonly workbook: RunningWorkbook;
  readonly browser: Browser;
  readonly page: Page;
  /** Goes to a place in the page, such as `topic/03-pkce`. */
  open(place: string): Promise<unknown>;
}

/** Starts both before the first test of the file; an error on the page fails the test. */
export function workbookPage(): WorkbookPage {
  let workbook: RunningWorkbook;
  let browser: Browser;
  let page: Page;
  let pageErrors: string[];

  beforeAll(async () => {
    [workbook, browser] = await Promise.all([
      startWorkbookCopy(),
      chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS }),
    ]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await workbook?.stop();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    pageErrors = [];
    page.on('pageerror', (error) => pageErrors.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    expect(pageErrors).toEqual([]);
  });

  return {
    get workbook() {
      return workbook;
    },
    get browser() {
      return browser;
    },
    get page() {
      return page;
    },
    open: (place) => page.goto(`${workbook.url}#/${place}`),
  };
}

/** A new size or theme is drawn a frame after it was asked for. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );

export async function expectNoAxeViolations(page: Page): Promise<void> {
  await drawn(page);
  await page.addScriptTag({ path: AXE });
  const violations = await page.evaluate(async () => {
    type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { violations } = await (window as unknown as { axe: Axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  expect(violations).toEqual([]);
}

/** Makes the page as narrow as a small phone. A browser that is busy lays it out a little later. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 700 });
  const overflow = (): Promise<number> =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  await expect.poll(overflow, { timeout: 5_000 }).toBeLessThanOrEqual(0);
}
