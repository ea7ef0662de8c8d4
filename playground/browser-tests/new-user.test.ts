/**
 * The road of somebody who is here for the first time, counted in what they have to press.
 *
 * @module-tag long
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ownWorkbookPage } from './workbook-page.ts';

const at = ownWorkbookPage();
const solution = (file: string): string =>
  readFileSync(path.join(at.workbook.folder, 'solutions/01-oauth-discovery', file), 'utf8');

test('from the first visit to an attack that one’s own fix blocks takes twelve interactions at most', async () => {
  let interactions = 0;
  const press = async (work: Promise<unknown>): Promise<void> => {
    interactions += 1;
    await work;
  };
  const { page } = at;
  const mine = page.locator('[data-target=yours]').last();

  await at.open('');
  await press(page.getByRole('link', { name: 'Begin', exact: true }).click());
  await page.getByRole('heading', { level: 1, name: 'OAuth discovery' }).waitFor();
  const link = page.getByRole('article').getByRole('link', { name: 'metadata-host-poisoning' });
  await press(link.first().click());
  await mine.getByText('Breached', { exact: true }).waitFor();

  await press(page.getByRole('tab', { name: 'Your files' }).click());
  for (const file of ['metadata.ts', 'bearer-challenge.ts']) {
    if (file !== 'metadata.ts') await press(page.getByRole('tab', { name: file }).click());
    const editor = page.getByRole('textbox', { name: file });
    await expect.poll(() => editor.isEditable()).toBe(true);
    await press(editor.click());
    await press(page.keyboard.press('Control+a'));
    await page.keyboard.insertText(solution(file));
    await press(page.keyboard.press('Control+s'));
  }
  await mine.getByText('Blocked', { exact: true }).waitFor();
  expect(interactions).toBeLessThanOrEqual(12);
  // The lesson has not gone away meanwhile.
  expect(await page.getByRole('heading', { level: 1, name: 'OAuth discovery' }).isVisible()).toBe(
    true,
  );
});
