/**
 * What the browser tests share: one browser, one build of the page, and one running workbook for
 * those that change nothing on disk.
 */
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { CHROMIUM_ARGS, findChromium } from '../../shared/find-chromium.ts';
import { startWorkbookCopy } from './running-workbook.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where Playwright reaches the browser. */
    browser: string;
    /** Address of the workbook whose files nobody changes. */
    workbook: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const launching = chromium.launchServer({
    executablePath: findChromium(),
    args: CHROMIUM_ARGS,
    host: '127.0.0.1',
  });
  const [browser, workbook] = await Promise.all([launching, startWorkbookCopy()]);
  project.provide('browser', browser.wsEndpoint());
  project.provide('workbook', workbook.url);
  return async () => {
    await Promise.all([browser.close(), workbook.stop()]);
  };
}
