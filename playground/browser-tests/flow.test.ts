/** The page that walks the OAuth flow, in a real browser, against a copy of the workbook. */
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/find-chromium.ts';
import { startWorkbookCopy, type RunningWorkbook } from './running-workbook.ts';

const AXE = path.resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js');

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

const open = (place: string): Promise<unknown> => page.goto(`${workbook.url}#/${place}`);
const steps = () => page.getByRole('navigation', { name: 'Steps of the flow' }).getByRole('button');
const stepOn = (target: string) => page.getByRole('region', { name: `This step on ${target}` });
const result = (target: string, word: string) =>
  page
    .getByRole('status')
    .getByRole('listitem')
    .filter({ hasText: `${target}:` })
    .getByText(word, { exact: true });

async function spoil(label: string): Promise<void> {
  await page.getByText('Spoil a step on purpose').click();
  await page.getByRole('checkbox', { name: label }).check();
}

test('an honest walk of eight steps begins by itself and reaches the end on the reference', async () => {
  await open('');
  await page
    .getByRole('navigation', { name: 'Topics' })
    .getByRole('link', { name: /OAuth flow/ })
    .click();
  await result('Reference', 'Reached the end').waitFor();
  expect(await steps().count()).toBe(8);
  expect(await steps().first().getAttribute('aria-current')).toBe('step');

  const next = page.getByRole('button', { name: 'Next step' });
  for (let step = 1; step < 8; step++) await next.click();
  expect(await steps().last().getAttribute('aria-current')).toBe('step');
  expect(await next.getAttribute('aria-disabled')).toBe('true');
  await stepOn('Reference').getByText('Went on', { exact: true }).waitFor();
  await stepOn('Reference').getByText('POST /token').waitFor();
  await page.getByRole('row', { name: /access_token step 8/ }).waitFor();
});

test('a swapped verifier is refused by a control of the reference, and by nothing on the baseline', async () => {
  await open('flow');
  await result('Reference', 'Reached the end').waitFor();
  await spoil('Swap the verifier');

  await result('Baseline', 'Nothing refused it').waitFor();
  await result('Reference', 'Refused at step 6').waitFor();
  expect(await steps().nth(5).getAttribute('aria-current')).toBe('step');
  await stepOn('Baseline').getByText('Nothing refused it.').waitFor();
  await stepOn('Reference').getByText('Refused', { exact: true }).waitFor();
  const refusal = stepOn('Reference')
    .getByRole('listitem')
    .filter({ hasText: 'verifyCodeChallenge' });
  await refusal.first().getByRole('link', { name: 'Topic 03, PKCE' }).waitFor();

  await page.getByRole('button', { name: 'Switch all off' }).click();
  await result('Reference', 'Reached the end').waitFor();
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test('axe finds nothing, and a narrow page does not scroll sideways', async () => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open('flow/token');
    await result('Reference', 'Reached the end').waitFor();
    await spoil('Swap the verifier');
    await result('Reference', 'Refused at step 6').waitFor();
    await result('Baseline', 'Nothing refused it').waitFor();
    await page.addScriptTag({ path: AXE });
    const violations = await page.evaluate(async () => {
      type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      const { violations } = await (window as unknown as { axe: Axe }).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(violations).toEqual([]);

    await page.setViewportSize({ width: 320, height: 700 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
