/**
 * The page with an incident and its log, in a real browser.
 *
 * @module-tag long
 */
import { expect, test } from 'vitest';
import { expectAccessible, workbookPage } from './workbook-page.ts';

const at = workbookPage();
const forms = () =>
  at.page
    .locator('form')
    .filter({ has: at.page.getByRole('group') })
    .filter({ has: at.page.getByRole('button', { name: 'Check the answer' }) });

async function letItHappenAt(target: RegExp): Promise<void> {
  await at.open('forensics');
  await at.page.getByRole('radio', { name: target }).check();
  await at.page.getByRole('button', { name: 'Let it happen' }).click();
  await at.page.getByRole('heading', { name: 'What happened?' }).waitFor();
}

/** Says of every question that the log does not tell; where that is no answer, takes the first. */
async function answerAll(): Promise<void> {
  for (let left = await forms().count(); left > 0; left--) {
    const form = forms().first();
    const untold = form.getByRole('radio', { name: 'This log does not tell' });
    await ((await untold.count()) > 0 ? untold : form.getByRole('radio').first()).check();
    await form.getByRole('button', { name: 'Check the answer' }).click();
    await expect.poll(() => forms().count()).toBe(left - 1);
  }
}

test('the insecure log has no answer to four of five questions', async () => {
  await letItHappenAt(/^Baseline/);
  expect(await forms().count()).toBe(5);
  await answerAll();
  expect(await at.page.getByText('Indeed, no line of this log holds it.').count()).toBe(4);
  await at.page.getByText(/To 4 of these questions the log has no answer/).waitFor();
});

test('the log can be searched, and another incident asks anew', async () => {
  await letItHappenAt(/^Baseline/);
  const field = at.page.getByRole('searchbox', { name: 'Show lines that hold' });
  await field.fill('PING_station paris');
  await at.page.getByText(/^10 of \d+ lines$/).waitFor();
  const lines = at.page.getByRole('group', { name: 'Lines of the log' }).getByRole('listitem');
  expect(await lines.count()).toBe(10);
  await field.fill('no such word');
  await at.page.getByText(/^0 of \d+ lines$/).waitFor();

  await at.page.getByRole('button', { name: 'Let another one happen' }).click();
  await at.page.getByText(/^\d+ lines$/).waitFor();
  expect(await forms().count()).toBe(5);
});

test('axe finds nothing in either theme, and a narrow page does not scroll sideways', async () => {
  await letItHappenAt(/^Reference/);
  await answerAll();
  await expectAccessible(at.page);
});
