/**
 * The study with two sealed credentials, in a real browser.
 *
 * @module-tag long
 */
import { expect, test } from 'vitest';
import { expectAccessible, workbookPage } from './workbook-page.ts';

const at = workbookPage();
const openedAt = (target: string) => at.page.getByRole('region', { name: `Opened at ${target}` });
const press = (name: string | RegExp) => at.page.getByRole('button', { name }).first().click();

async function showRecordsOf(target: string): Promise<void> {
  await at.page.getByRole('radio', { name: target }).check();
}

test('a flipped bit of the IV edits the text on the baseline, and flips back', async () => {
  await at.open('studies');
  await at.page
    .getByRole('navigation', { name: 'Studies' })
    .getByRole('link', { name: 'Envelopes, taken apart' })
    .click();
  await openedAt('Baseline').getByText('wk-alice-4f1c90', { exact: true }).waitFor();
  await showRecordsOf('Baseline');
  const iv = at.page.getByRole('toolbar', { name: 'Bytes of iv, Alice' });
  await iv.getByRole('button', { name: /^Byte 1,/ }).click();
  await openedAt('Baseline')
    .getByRole('heading', { name: 'Alice Opens as another text' })
    .waitFor();
  await openedAt('Baseline').locator('mark').getByText('v', { exact: true }).waitFor();
  await at.page.getByText('Bit flipped in byte 1 of iv, Alice').waitFor();

  await iv.getByRole('button', { name: /^Byte 1,/ }).press('ArrowRight');
  expect(await iv.locator(':focus').getAttribute('aria-label')).toMatch(/^Byte 2,/);
  await press('Take back: Bit flipped in byte 1 of iv, Alice');
  await openedAt('Baseline').getByRole('heading', { name: 'Alice Opens', exact: true }).waitFor();
});

test('equal texts show what the baseline uses twice, and a rotation leaves the ciphertext', async () => {
  await at.open('envelope');
  await press('Give Bob the same text');
  await openedAt('Baseline')
    .getByText(/Both ciphertexts are the same/)
    .waitFor();
  await showRecordsOf('Baseline');
  await press(/^Rotate/);
  const alice = at.page.getByRole('region', { name: 'Alice’s record' });
  await alice.getByText('v2', { exact: true }).waitFor();
  const changedIn = (member: string) =>
    at.page
      .getByRole('toolbar', { name: `Bytes of ${member}, Alice` })
      .getByRole('button', { name: /changed/ })
      .count();
  expect(await changedIn('encryptedDek')).toBeGreaterThan(0);
  expect(await changedIn('encrypted')).toBe(0);
});

test('the demonstration reads Bob’s text without a key', async () => {
  await at.open('envelope');
  await press('Encrypt both texts under one IV');
  const demo = at.page.getByRole('region', { name: 'A demonstration: the same IV twice' });
  await demo.getByText('wk-bob-d27e66', { exact: true }).waitFor();
});

test('axe finds nothing in either theme, and a narrow page does not scroll sideways', async () => {
  await at.open('envelope');
  await press('Encrypt both texts under one IV');
  await press('Swap the owners’ names');
  // What arrives above would move the choice away from under the pointer.
  await openedAt('Reference')
    .getByRole('heading', { name: /^Alice/ })
    .waitFor();
  await showRecordsOf('Baseline');
  await press(/^Byte 1,/);
  await at.page.getByText('Bit flipped in byte 1 of encryptedDek, Alice').waitFor();
  await openedAt('Reference')
    .getByRole('heading', { name: /^Alice/ })
    .waitFor();
  await openedAt('Baseline').getByRole('heading', { name: 'Bob Opens, unnoticed' }).waitFor();
  await expectAccessible(at.page);
});
