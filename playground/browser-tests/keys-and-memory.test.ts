/**
 * What the keyboard reaches, what the search finds, and what a reload leaves, in a real browser.
 *
 * @module-tag long
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, workbookPage } from './workbook-page.ts';

const at = workbookPage();
const press = (key: string) => at.page.keyboard.press(key);
const palette = () => at.page.getByRole('dialog', { name: 'Go to' });
const finds = () => palette().getByRole('option');
const focused = () => at.page.evaluate(() => document.activeElement?.id ?? '');

async function openLesson(): Promise<void> {
  await at.open('topic/05-access-tokens');
  await at.page.getByRole('heading', { name: 'Sources' }).waitFor();
}

describe('the search', () => {
  beforeEach(async () => {
    await at.open('');
    await at.page.getByRole('heading', { level: 1 }).waitFor();
    await press('Control+k');
    await palette().getByRole('combobox').waitFor();
  });

  test('finds what a lesson says, and shows the place', async () => {
    await at.page.keyboard.type('leeway clocks differ');
    const found = finds().filter({ hasText: 'Time' });
    await found.getByText(/leeway of a few seconds/).waitFor();
    await expectAccessible(at.page);
    await press('Enter');
    await at.page.waitForURL(/05-access-tokens\/time$/);
  });

  test('explains a word, and copies a command', async () => {
    await at.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await at.page.keyboard.type('glossary tape');
    await finds()
      .filter({ hasText: /Verdicts rest on it/ })
      .waitFor();
    await palette().getByRole('combobox').fill('terminal reset');
    await finds()
      .filter({ hasText: /npm run reset -- 05/ })
      .waitFor();
    await press('Enter');
    await palette().waitFor({ state: 'detached' });
    await expect
      .poll(() => at.page.evaluate(() => navigator.clipboard.readText()))
      .toBe('npm run reset -- 05');
  });
});

test('a word of the glossary is explained at the focus, under the pointer and to a touch', async () => {
  await openLesson();
  const word = at.page.getByRole('article').getByRole('button', { name: 'baseline' });
  const says = at.page.getByRole('tooltip');
  await word.focus();
  await says.getByText('The weather server with every control insecure.').waitFor();
  expect(await word.getAttribute('aria-describedby')).toBe(await says.getAttribute('id'));
  await press('Escape');
  await says.waitFor({ state: 'detached' });
  await word.blur();
  await word.focus();
  await expectAccessible(at.page);
  await word.blur();
  await word.hover();
  await says.waitFor();
  await at.page.mouse.move(0, 0);
  await says.waitFor({ state: 'detached' });
  await word.click();
  await says.waitFor();
});

test('the text of a lesson is a few tab stops away, and keys go from section to section', async () => {
  await openLesson();
  let stops = 0;
  const isInLesson = () =>
    at.page.evaluate(() => document.activeElement?.closest('article') !== null);
  do {
    await press('Tab');
    stops++;
  } while (!(await isInLesson()) && stops < 40);
  expect(stops).toBeLessThanOrEqual(15);
  await at.page.evaluate(() => window.scrollTo(0, 0));
  await press('.');
  expect(await focused()).toBe('what-goes-wrong');
  await press('.');
  expect(await focused()).toBe('verify-then-read');
  await press(',');
  expect(await focused()).toBe('what-goes-wrong');
});

test('verdicts and the picture outlive a reload; headers, bodies and tokens are not kept', async () => {
  await at.open('attack/tok-alg-none');
  await at.page.getByRole('button', { name: 'Fire', exact: true }).click();
  const lane = (target: string) =>
    at.page.getByRole('list', { name: 'Verdicts' }).locator(`[data-target=${target}]`);
  await lane('baseline').getByText('Breached', { exact: true }).waitFor();
  await lane('reference').getByText('Blocked', { exact: true }).waitFor();
  await at.page.getByRole('button', { name: 'Fire', exact: true }).waitFor();
  const sentence = await lane('reference').getByRole('paragraph').textContent();
  await at.page.reload();
  await lane('baseline').getByText('Breached', { exact: true }).waitFor();
  expect(await lane('reference').getByRole('paragraph').textContent()).toBe(sentence);
  const kept = await at.page.evaluate(() => JSON.stringify(sessionStorage));
  expect(kept).not.toMatch(/ticket|eyJ|[Bb]earer [A-Za-z0-9]/);
});
