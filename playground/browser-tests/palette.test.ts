/**
 * The palette and the keys of the page, in a real browser.
 *
 * @module-tag long
 */
import { describe, expect, test } from 'vitest';
import { expectAccessible, workbookPage } from './workbook-page.ts';

const at = workbookPage();
const palette = () => at.page.getByRole('dialog', { name: 'Go to' });
const field = () => palette().getByRole('combobox');
const finds = () => palette().getByRole('option');
const keyList = () => at.page.getByRole('dialog', { name: 'Keys' });
const press = (key: string) => at.page.keyboard.press(key);
const title = (name: string) => at.page.getByRole('heading', { level: 1, name });
const focused = () => at.page.evaluate(() => document.activeElement?.textContent ?? '');

async function openPalette(): Promise<void> {
  await press('Control+k');
  await field().waitFor();
}

describe('the palette', () => {
  test('is not loaded before it is opened, shows pages and topics, and Escape gives the focus back', async () => {
    const loaded: string[] = [];
    at.page.on('request', (request) => loaded.push(request.url()));
    await at.open('');
    await title('Secure an MCP server, one attack at a time').waitFor();
    expect(loaded.some((url) => url.includes('palette'))).toBe(false);

    const begin = at.page
      .getByRole('region', { name: 'Next step' })
      .getByRole('link', { name: /^(Begin|Continue)$/ });
    await begin.focus();
    await openPalette();
    expect(loaded.some((url) => url.includes('palette'))).toBe(true);
    await finds().filter({ hasText: '14 Secure server' }).waitFor();
    await finds().filter({ hasText: 'After the incident' }).waitFor();
    await press('Escape');
    await palette().waitFor({ state: 'detached' });
    expect(await focused()).toMatch(/^(Begin|Continue)$/);
  });

  test('finds an attack by words of its story, and Enter goes there', async () => {
    await at.open('');
    await title('Secure an MCP server, one attack at a time').waitFor();
    await at.page.getByRole('button', { name: 'Go to' }).click();
    await field().fill('needs no SIGNATURE');
    await finds().first().getByText('A token that says it needs no signature').waitFor();
    await press('Enter');
    await title('Access tokens').waitFor();
    expect(at.page.url()).toContain('#/attack/tok-alg-none');
    await expect.poll(focused).toBe('Access tokens');
  });

  test('finds a section of a lesson, and begins to read there', async () => {
    await at.open('attacks');
    await title('All attacks').waitFor();
    await openPalette();
    await at.page.keyboard.type('whose words');
    await finds().first().getByText('13 Error responses').waitFor();
    await press('Enter');
    await at.page.waitForURL(/13-error-responses\/whose-words-are-these$/);
    await expect.poll(focused).toBe('Whose words are these');
  });

  test('says so when nothing fits, and arrows choose among what does', async () => {
    await at.open('');
    await title('Secure an MCP server, one attack at a time').waitFor();
    await openPalette();
    await at.page.keyboard.type('zyzzyva');
    await palette().getByRole('status').getByText('Nothing has all of these words.').waitFor();
    await field().fill('theme');
    await palette()
      .getByRole('status')
      .getByText(/\d+ finds$/)
      .waitFor();
    await press('ArrowDown');
    await press('ArrowDown');
    await press('Enter');
    await palette().waitFor({ state: 'detached' });
    await at.page
      .getByRole('radio', { name: 'Dark theme' })
      .and(at.page.locator(':checked'))
      .waitFor();
  });

  test('offers what can be done on this page', async () => {
    await at.open('topic/10-rate-limits');
    await title('Rate limits').waitFor();
    await at.page.getByRole('heading', { name: 'Batches' }).waitFor();
    await openPalette();
    await at.page.keyboard.type('go to the console');
    await press('Enter');
    await palette().waitFor({ state: 'detached' });
    const consoleRegion = at.page.getByRole('region', { name: 'Tools, Rate limits' });
    await expect
      .poll(() => consoleRegion.evaluate((region) => region === document.activeElement))
      .toBe(true);
  });
});

describe('single keys', () => {
  test('turn the pages of the course, but not while one types', async () => {
    await at.open('topic/02-client-registration');
    await title('Client registration').waitFor();
    await at.page.getByRole('link', { name: /^Next/ }).waitFor();
    await press(']');
    await title('PKCE').waitFor();
    await at.page.getByRole('link', { name: /^Previous/ }).waitFor();
    await press('[');
    await title('Client registration').waitFor();
    const payload = at.page.getByRole('textbox', { name: /Payload/ });
    await payload.fill('');
    await payload.press(']');
    await payload.press('?');
    await expect.poll(() => payload.textContent()).toBe(']?');
    expect(await keyList().count()).toBe(0);
  });

  test('are listed, and can be switched off for good', async () => {
    await at.open('topic/02-client-registration');
    await at.page.getByRole('link', { name: /^Next/ }).waitFor();
    await press('?');
    const single = keyList().getByRole('checkbox', { name: /Single keys/ });
    expect(await single.isChecked()).toBe(true);
    for (const name of ['Search, and go anywhere', 'Fire, or run again', 'Next topic']) {
      await keyList().getByText(name).waitFor();
    }
    await single.uncheck();
    await press('Escape');
    await keyList().waitFor({ state: 'detached' });
    await press(']');
    await press('?');
    await at.page.reload();
    await at.page.getByRole('link', { name: /^Next/ }).waitFor();
    await press('?');
    await at.page.getByRole('button', { name: 'Keys' }).click();
    expect(await single.isChecked()).toBe(false);
    expect(at.page.url()).toContain('02-client-registration');
    await single.check();
  });
});

test('axe finds nothing in the dialogs, and they fit a narrow page', async () => {
  await at.open('topic/10-rate-limits');
  await at.page.getByRole('heading', { name: 'Batches' }).waitFor();
  await openPalette();
  await at.page.keyboard.type('limit');
  await finds().first().waitFor();
  await expectAccessible(at.page);
  await press('Escape');
  await press('?');
  await keyList().waitFor();
  await expectAccessible(at.page);
});
