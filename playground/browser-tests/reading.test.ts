/**
 * What makes a lesson pleasant to read, in a real browser.
 *
 * @module-tag long
 */
import { describe, expect, test } from 'vitest';
import { expectAccessible, expectNoSidewaysScrolling, workbookPage } from './workbook-page.ts';

const at = workbookPage();
const heading = (name: string) => at.page.getByRole('heading', { name, exact: true });
const contents = () => at.page.getByRole('list', { name: 'In this lesson' });
const card = (name: string) => at.page.getByRole('complementary', { name: `Try it: ${name}` });
const top = (name: string) => heading(name).evaluate((found) => found.getBoundingClientRect().top);
const wide = () => at.page.setViewportSize({ width: 1400, height: 900 });

test('a heading links to itself, and its address brings one back to it', async () => {
  await wide();
  await at.open('topic/10-rate-limits');
  await heading('One step').waitFor();
  const link = at.page.getByRole('link', { name: 'Link to “One step”' });
  await link.focus();
  await at.page.keyboard.press('Enter');
  await at.page.waitForURL(/#\/topic\/10-rate-limits\/one-step$/);
  await expect.poll(() => top('One step')).toBeLessThan(200);

  // The same address once more, from further down.
  await at.page.mouse.move(500, 500);
  await at.page.mouse.wheel(0, 2000);
  await expect.poll(() => top('One step')).toBeLessThan(-500);
  await link.click();
  await expect.poll(() => top('One step')).toBeGreaterThan(0);
});

test('the list of headings marks where one reads, and leads on', async () => {
  await wide();
  await at.open('topic/12-audit-log');
  await heading('A chain that notices').waitFor();
  await contents().getByRole('link', { name: 'A chain that notices' }).click();
  const current = contents().locator('[aria-current]');
  await expect.poll(() => current.textContent()).toBe('A chain that notices');
  expect(await at.page.evaluate(() => document.activeElement?.id)).toBe('a-chain-that-notices');

  await at.page.setViewportSize({ width: 500, height: 800 });
  await at.page.getByText('In this lesson').click();
  await contents().getByRole('link', { name: 'No secrets in the log' }).click();
  await expect.poll(() => current.textContent()).toBe('No secrets in the log');
});

test('a heading unfolds what is under it, unless that is the solution', async () => {
  await wide();
  await at.open('topic/12-audit-log/sources');
  await at.page.getByRole('link', { name: 'OWASP Logging Cheat Sheet' }).waitFor();
  await contents().getByRole('link', { name: 'The reference' }).click();
  await expect.poll(() => at.page.evaluate(() => document.activeElement?.id)).toBe('the-reference');
  expect(await at.page.getByText('export const createAuditLog').isVisible()).toBe(false);
});

test('minutes to read are shown in the lesson and in the map of topics', async () => {
  await at.open('');
  const row = at.page
    .getByRole('list', { name: 'All topics' })
    .getByRole('listitem')
    .filter({ hasText: 'Rate limits' });
  const minutes = /(\d+) min/.exec((await row.textContent()) ?? '')?.[1];
  expect(Number(minutes)).toBeGreaterThan(4);
  await row.getByRole('link', { name: 'Rate limits' }).click();
  await at.page.getByText(`Topic 10 · ${minutes} minutes to read`).waitFor();
});

describe('a study in a lesson', () => {
  test('loads when one comes near, and the window can be moved over three limiters', async () => {
    await wide();
    const loaded: string[] = [];
    at.page.on('request', (request) => loaded.push(request.url()));
    await at.open('topic/10-rate-limits');
    await heading('The window').waitFor();
    expect(loaded.some((url) => url.includes('window-demo'))).toBe(false);
    await card('Bursts against the limit').scrollIntoViewIfNeeded();
    const demo = card('Bursts against the limit');
    await demo.getByText('119 ran').waitFor();
    await demo.getByRole('radio', { name: 'Sliding window' }).check();
    await demo.getByText('60 ran').waitFor();
    await demo.getByRole('slider').fill('30');
    await demo.getByText('From 0 s to 30 s').waitFor();
    await demo.getByText('1 ran', { exact: true }).waitFor();
    await demo.getByRole('link', { name: 'Bursts against the limit' }).click();
    await at.page.getByRole('heading', { level: 1, name: 'Bursts against the limit' }).waitFor();
  });

  test('shows what an IV that is used twice gives away', async () => {
    await at.open('topic/07-credentials/a-new-key-for-every-record');
    const demo = card('Envelopes, taken apart');
    await demo.getByRole('button', { name: 'Encrypt both texts under one IV' }).click();
    await demo.getByText('the same', { exact: true }).waitFor();
    await demo.getByText('wk-bob-d27e66').waitFor();
  });
});

describe('on paper', () => {
  test('a lesson is text alone, with the addresses of what it refers to', async () => {
    await at.open('topic/10-rate-limits');
    await heading('Sources').waitFor();
    await at.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const part of [
      at.page.getByRole('banner'),
      at.page.getByRole('navigation', { name: 'Topics' }),
      at.page.getByRole('region', { name: 'Tools, Rate limits' }),
      heading('Check your understanding'),
      heading('The reference'),
      at.page.getByText(/^Fast track, \d+ of/).first(),
    ]) {
      expect(await part.isVisible()).toBe(false);
    }
    const printed = await at.page
      .getByRole('link', { name: 'RFC 7519' })
      .evaluate((link) => getComputedStyle(link, '::after').content);
    expect(printed).toContain('https://www.rfc-editor.org/rfc/rfc7519');
    expect(await at.page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    // Nothing is cut off at the edge of the paper.
    await at.page.setViewportSize({ width: 700, height: 900 });
    const cut = await at.page
      .locator('pre')
      .evaluateAll((all) => all.filter((pre) => pre.scrollWidth > pre.clientWidth).length);
    expect(cut).toBe(0);
  });
});

describe('nothing moves while a page is loaded', () => {
  const shifts = () =>
    at.page.evaluate(() => (window as unknown as { layoutShift: number }).layoutShift);

  describe.each([1400, 1000, 400])('%i pixels wide', (width) => {
    test.each([
      '',
      'topic/10-rate-limits',
      'topic/07-credentials/whose-record',
      'attack/rl-burst',
      'flow',
      'flow/third-party/back',
      'server-audit',
    ])('on #/%s', async (place) => {
      await at.page.setViewportSize({ width, height: 900 });
      await at.page.addInitScript(() => {
        const state = window as unknown as { layoutShift: number };
        state.layoutShift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
            if (!shift.hadRecentInput) state.layoutShift += shift.value;
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await at.open(place);
      await at.page.getByRole('heading', { level: 1 }).waitFor();
      if (place.startsWith('topic')) await heading('Sources').waitFor();
      // For what comes late. (The network is never idle: the lab's events stay open.)
      await at.page.waitForTimeout(800);
      expect(await shifts()).toBeLessThan(0.05);
    });
  });
});

const places = ['', 'topic/10-rate-limits/the-window', 'topic/07-credentials/whose-record'];
test.each(places)('axe finds nothing in either theme on #/%s', async (place) => {
  await at.open(place);
  await at.page.getByRole('heading', { level: 1 }).waitFor();
  if (place.startsWith('topic/10')) await at.page.getByText('119 ran').waitFor();
  if (place.startsWith('topic/07')) {
    await at.page.getByRole('button', { name: 'Encrypt both texts under one IV' }).click();
    await at.page.getByText('wk-bob-d27e66').waitFor();
  }
  await expectAccessible(at.page);
  if (place === '') return;
  await expectNoSidewaysScrolling(at.page);
  await at.page.getByText('In this lesson').click();
  await expectAccessible(at.page);
});
