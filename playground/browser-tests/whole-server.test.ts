/**
 * The page that checks a whole server, in a real browser.
 *
 * @module-tag long
 */
import { expect, test } from 'vitest';
import { expectAccessible, workbookPage } from './workbook-page.ts';

const at = workbookPage();

test('a check of the insecure server fills in a checklist, and can be stopped', async () => {
  await at.open('whole-server');
  await at.page.getByRole('radio', { name: /Baseline/ }).check();
  await at.page.getByRole('button', { name: 'Run the check' }).click();
  const discovery = at.page.getByRole('region', { name: 'OAuth discovery' });
  await discovery.getByText('open', { exact: true }).first().waitFor();
  await at.page.getByRole('button', { name: 'Stop the check' }).click();
  await at.page
    .getByRole('status')
    .getByText(/^Stopped after \d+ of \d+ items/)
    .waitFor();
  expect(await discovery.getByRole('link').count()).toBeGreaterThan(1);

  await expectAccessible(at.page);
});
