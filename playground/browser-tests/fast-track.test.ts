/**
 * The fast track: from the start page through its sections to a fix that is checked, and on.
 *
 * @module-tag long
 */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import { expectAccessible, ownWorkbookPage } from './workbook-page.ts';

const at = ownWorkbookPage();
const link = (name: string) => at.page.getByRole('link', { name, exact: true });
const next = () => at.page.getByRole('region', { name: 'Next step' });
const known = () =>
  new ProgressJournal(path.join(at.workbook.folder, '.workbook')).read()['08-city-input'];

test('leads through its sections, and says what to write and how it is checked', async () => {
  await at.open('');
  await next().getByRole('link', { name: 'take the fast track' }).waitFor();
  await at.page
    .getByText(/^\d\d minutes: \d+ of reading/)
    .first()
    .waitFor();
  await link('Begin the fast track').click();
  await at.page.waitForURL(/05-access-tokens\/what-goes-wrong$/);
  const steps = at.page.getByText(/^Fast track, \d+ of \d+\./);
  await steps.first().waitFor();
  expect(await steps.count()).toBe(4);
  const last = at.page.getByRole('paragraph').filter({ has: steps.last() });
  await last.getByText('npm run grade -- 05 --fast-track').waitFor();
  await last.getByRole('link', { name: '08 City input, Length and type' }).click();
  await at.page.waitForURL(/08-city-input\/length-and-type$/);
  await at.page.getByRole('heading', { name: 'Length and type' }).waitFor();
});

test('keeps the place, checks what the text covers, and goes on once that holds', async () => {
  await at.open('topic/08-city-input/every-real-name');
  await at.page.getByRole('heading', { name: 'Every real name' }).waitFor();
  await at.open('');
  await at.page.reload();
  await next().getByRole('link', { name: '08 City input, Every real name' }).waitFor();

  await at.open('checks/08-city-input/fast-track');
  const only = at.page.getByRole('checkbox', { name: /^Only the \d+ of the fast track$/ });
  await only.waitFor();
  expect(await only.isChecked()).toBe(true);
  const place = '08-city-input/city-input.ts';
  const { folder } = at.workbook;
  cpSync(path.join(folder, 'solutions', place), path.join(folder, 'exercises', place));
  await at.page.getByText('Saved and loaded').waitFor();
  await at.page.getByRole('button', { name: 'Run the checks of this topic' }).click();
  const holds = at.page.getByRole('region', { name: 'Fast track' });
  await holds.getByText('what the fast track covers holds').waitFor();
  await expectAccessible(at.page);
  expect(known()?.track).toEqual({ passed: 9, all: 9 });
  // The topic as a whole was not graded, and is not solved.
  expect(known()?.grade).toBeUndefined();

  await at.open('');
  await next().getByRole('link', { name: '05 Access tokens, What goes wrong' }).waitFor();
  await link('The fix, 9 checks').waitFor();
  await at.page.getByText('holds', { exact: true }).waitFor();
  await expectAccessible(at.page);
});
