/**
 * Lesson and tools of a topic side by side, in a real browser.
 *
 * @module-tag long
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible, workbookPage } from './workbook-page.ts';

const at = workbookPage();
const fire = () => at.page.getByRole('button', { name: 'Fire', exact: true });
const verdicts = () => at.page.getByRole('list', { name: 'Verdicts' });
const laneOf = (target: string) => verdicts().locator(`[data-target=${target}]`);
const heading = (name: string) => at.page.getByRole('heading', { name });
const tab = (name: string) => at.page.getByRole('tab', { name, exact: true });
const widen = (width: number, height = 900) => at.page.setViewportSize({ width, height });
const scrolled = () => at.page.evaluate(() => window.scrollY);
const article = () => at.page.getByRole('article');

async function openLesson(): Promise<void> {
  await at.open('topic/05-access-tokens');
  await heading('Sources').waitFor();
}

/** Whether all of it is inside the window. */
async function isInSight(name: string): Promise<boolean> {
  const box = await at.page.getByRole('button', { name, exact: true }).boundingBox();
  const size = at.page.viewportSize();
  return box !== null && size !== null && box.y >= 0 && box.y + box.height <= size.height;
}

test.each([
  [1440, 900],
  [1440, 600],
  [900, 900],
  [380, 700],
])('Fire and the verdicts are in sight at %i by %i, whichever tool is open', async (...size) => {
  await widen(...size);
  await at.open('attack/tok-alg-none');
  await heading('A token that says it needs no signature').waitFor();
  for (const name of ['Checks', 'Your files', 'Attack']) {
    await tab(name).click();
    expect(await isInSight('Fire')).toBe(true);
  }
  await fire().click();
  await laneOf('reference').getByText('Blocked', { exact: true }).waitFor();
  await laneOf('baseline').getByText('Breached', { exact: true }).waitFor();
  expect(await isInSight('Fire')).toBe(true);
});

test('a link in the lesson selects its attack and fires it, and the lesson stays where it is', async () => {
  await widen(1440);
  await openLesson();
  const link = article().getByRole('link', { name: 'tok-wrong-audience' }).first();
  await link.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  // What is loaded further up may change how far the page is scrolled, but not where the link is.
  const top = () => link.evaluate((element) => element.getBoundingClientRect().top);
  expect(await scrolled()).toBeGreaterThan(200);
  const before = await top();
  await tab('Checks').click();
  await link.click();
  await heading('A token for another service').waitFor();
  await laneOf('reference').getByText('Blocked', { exact: true }).waitFor();
  await laneOf('baseline').getByText('Breached', { exact: true }).waitFor();
  expect(Math.abs((await top()) - before)).toBeLessThan(40);
  // The verdicts stand beside the link as well.
  await article().getByText('Reference: Blocked.').first().waitFor({ state: 'attached' });
  expect(await heading('Access tokens').first().isVisible()).toBe(true);
});

describe('the pane', () => {
  beforeEach(() => widen(1440));
  const widthOf = () =>
    at.page
      .getByRole('region', { name: 'Tools, Access tokens' })
      .evaluate((pane) => pane.getBoundingClientRect().width);

  test('is made wider with the arrow keys, and is as wide after a reload', async () => {
    await openLesson();
    const before = await widthOf();
    const grip = at.page.getByRole('separator', { name: 'Width of the tools' });
    await grip.press('ArrowLeft');
    await grip.press('ArrowLeft');
    await expect.poll(widthOf).toBeGreaterThan(before + 20);
    const wider = await widthOf();
    await at.page.reload();
    await heading('Sources').waitFor();
    expect(Math.abs((await widthOf()) - wider)).toBeLessThan(2);
    await grip.dblclick();
    await expect.poll(async () => Math.abs((await widthOf()) - before)).toBeLessThan(2);
  });

  test('has the whole width at a key, and the place in the lesson is kept', async () => {
    await openLesson();
    await at.page.evaluate(() => window.scrollTo(0, 1500));
    await expect.poll(scrolled).toBe(1500);
    await at.page.keyboard.press('f');
    await expect.poll(() => article().isVisible()).toBe(false);
    expect(await widthOf()).toBeGreaterThan(1000);
    await at.page.keyboard.press('f');
    await expect.poll(scrolled).toBe(1500);
    expect(await article().isVisible()).toBe(true);
  });

  test('changes its tool and its attack with keys', async () => {
    await openLesson();
    await at.page.keyboard.press('c');
    await at.page.getByRole('button', { name: 'Run the checks of this topic' }).waitFor();
    await at.page.keyboard.press('a');
    const first = await at.page.getByRole('heading', { name: /1 of \d+$/ }).textContent();
    await at.page.keyboard.press('j');
    await at.page.getByRole('heading', { name: /2 of \d+$/ }).waitFor();
    await at.page.keyboard.press('k');
    await expect
      .poll(() => at.page.getByRole('heading', { name: /1 of \d+$/ }).textContent())
      .toBe(first);
  });
});

test('buttons keep the colour of their tool, whatever brings its style sheet later', async () => {
  const colourOf = (name: string) =>
    at.page
      .getByRole('button', { name, exact: true })
      .evaluate((button) => getComputedStyle(button).backgroundColor);
  const run = 'Run the checks of this topic';
  await openLesson();
  const fireColour = await colourOf('Fire');
  await tab('Checks').click();
  const runColour = await colourOf(run);
  expect(new Set([fireColour, runColour]).size).toBe(2);
  expect(await colourOf('Fire')).toBe(fireColour);
  await at.open('progress');
  await at.page.getByRole('button', { name: 'Grade all topics' }).waitFor();
  await openLesson();
  await tab('Checks').click();
  expect(await colourOf('Fire')).toBe(fireColour);
  expect(await colourOf(run)).toBe(runColour);
});

test('the list of attacks is a menu with title and id, which the keyboard opens and leaves', async () => {
  await at.open('attack/tok-alg-none');
  const menu = at.page.getByRole('button', { name: /A token that says it needs no signature/ });
  await menu.press('Enter');
  const picked = at.page.getByRole('radio', { name: /tok-alg-none/ });
  expect(await picked.isChecked()).toBe(true);
  await picked.press('ArrowDown');
  await expect.poll(() => picked.isChecked()).toBe(false);
  await at.page.keyboard.press('Escape');
  await expect.poll(() => at.page.getByRole('radio', { name: /tok-/ }).count()).toBe(0);
  expect(at.page.url()).not.toContain('tok-alg-none');
  expect(await at.page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe(
    'false',
  );
});

test('on a narrow page the lesson is one of four tabs, and its place is kept', async () => {
  await widen(500, 800);
  await openLesson();
  await at.page.evaluate(() => window.scrollTo(0, 1200));
  await expect.poll(scrolled).toBe(1200);
  // A click of Playwright's scrolls first.
  await tab('Your files').dispatchEvent('click');
  await expect.poll(() => article().isVisible()).toBe(false);
  await tab('Lesson').dispatchEvent('click');
  await expect.poll(scrolled).toBe(1200);
  // From an attack back to where the lesson explains it.
  await tab('Attack').click();
  await at.page.getByRole('link', { name: 'where the lesson explains it' }).click();
  await expect.poll(() => article().isVisible()).toBe(true);
  await expect
    .poll(() => at.page.evaluate(() => document.activeElement?.matches('h2, h3')))
    .toBe(true);
  expect(await isInSight('Fire')).toBe(true);
});

test.each([
  ['use/accepts-audience-lists', /aud/i],
  ['attack/tok-alg-none/none', /A token that says it needs no signature/],
  ['checks/05-access-tokens', 'Checks'],
])('the address #/%s leads to the same workbench', async (place, name) => {
  await widen(1440);
  await at.open(place);
  await at.page.getByRole('heading', { name }).first().waitFor();
  await heading('Sources').waitFor();
  expect(await verdicts().getByText('Not fired').count()).toBe(3);
});

test('axe finds nothing with the menu open, at full width, and in a narrow page', async () => {
  await at.open('attack/tok-alg-none');
  await fire().click();
  await laneOf('reference').getByText('Blocked', { exact: true }).waitFor();
  await laneOf('yours').getByText('Breached', { exact: true }).waitFor();
  await at.page.getByRole('button', { name: /tok-alg-none/ }).click();
  await expectAccessible(at.page);
  await at.page.keyboard.press('Escape');
  await at.page.getByRole('button', { name: 'Full width' }).click();
  await expectAccessible(at.page);
  await widen(380, 800);
  await expectAccessible(at.page);
});
