/**
 * The page that fires bursts against the limit, in a real browser.
 *
 * @module-tag long
 */
import { test } from 'vitest';
import { expectAccessible, workbookPage } from './workbook-page.ts';

const at = workbookPage();
const callsAt = (target: string) => at.page.getByRole('region', { name: `Calls at ${target}` });
const fire = () => at.page.getByRole('button', { name: 'Fire the schedule' }).click();

test('the window boundary lets 120 calls run in a minute, except on the reference', async () => {
  await at.open('topic/10-rate-limits');
  await at.page.getByRole('link', { name: 'fire bursts and move the window' }).click();
  await fire();
  await callsAt('Baseline').getByText('120 in one minute', { exact: true }).waitFor();
  await callsAt('Yours').getByText('120 in one minute', { exact: true }).waitFor();
  await callsAt('Reference')
    .getByText(/\b60 at most in a minute/)
    .waitFor();
  await callsAt('Reference')
    .getByRole('img', { name: /60 were refused/ })
    .waitFor();

  await at.page.getByRole('slider', { name: 'The window ends at' }).fill('30');
  await callsAt('Baseline').getByText('1 ran', { exact: true }).waitFor();
});

test('a schedule of the learner’s own is bounded, and says what refused calls were told', async () => {
  await at.open('burst');
  await at.page.getByRole('button', { name: 'One burst' }).click();
  const calls = at.page
    .getByRole('group', { name: 'Second burst' })
    .getByRole('slider', { name: 'Calls' });
  await calls.fill('40');
  await at.page.getByText('These are 160 calls. A firing has 150 at most.').waitFor();
  await calls.fill('0');
  await fire();
  const row = callsAt('Reference')
    .getByRole('table')
    .getByRole('row', { name: /^0(\.\d)? s/ });
  await row.getByRole('cell', { name: '120', exact: true }).waitFor();
  await row.getByRole('cell', { name: /^\d+( to \d+)? s$/ }).waitFor();
  await callsAt('Baseline').getByText('100 in one minute', { exact: true }).waitFor();
});

test('three instances that count by themselves let a burst through that one step at the store stops', async () => {
  await at.open('topic/18-many-instances');
  await at.page.getByRole('link', { name: 'See how many each let run' }).click();
  await at.page.getByRole('radio', { name: /^Three instances/ }).isChecked();
  await at.page.getByRole('button', { name: 'One burst' }).click();
  await fire();
  await callsAt('Reference').getByText('60 at most in a minute', { exact: true }).waitFor();
  await callsAt('Baseline').getByText('120 in one minute', { exact: true }).waitFor();
  await callsAt('Baseline').getByRole('cell', { name: '40 + 40 + 40' }).waitFor();
  await expectAccessible(at.page);
});

test('axe finds nothing in either theme, and a narrow page does not scroll sideways', async () => {
  await at.open('burst');
  await at.page.getByRole('button', { name: 'Steady' }).click();
  await fire();
  await callsAt('Reference')
    .getByText(/at most in a minute/)
    .waitFor();
  await callsAt('Baseline')
    .getByText(/at most in a minute/)
    .waitFor();
  await expectAccessible(at.page);
});
