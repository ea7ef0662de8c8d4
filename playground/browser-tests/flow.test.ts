/**
 * The page that walks the OAuth flow, in a real browser.
 *
 * @module-tag long
 */
import { expect, test } from 'vitest';
import { expectAccessible, workbookPage } from './workbook-page.ts';

const at = workbookPage();
const open = (place: string) => at.open(place);
const steps = () =>
  at.page.getByRole('navigation', { name: 'Steps of the flow' }).getByRole('button');
const stepOn = (target: string) => at.page.getByRole('region', { name: `This step on ${target}` });
const result = (target: string, word: string) =>
  at.page
    .getByRole('status')
    .getByRole('listitem')
    .filter({ hasText: `${target}:` })
    .getByText(word, { exact: true });

async function spoil(label: string): Promise<void> {
  const row = at.page.getByRole('listitem').filter({ has: at.page.getByLabel(label) });
  await row.getByText(/^Spoil this step/).click();
  await at.page.getByRole('checkbox', { name: label }).check();
}

test('an honest walk of eight steps begins by itself and reaches the end on the reference', async () => {
  await open('');
  await at.page
    .getByRole('navigation', { name: 'Parts of the workbook' })
    .getByRole('link', { name: 'Flow' })
    .click();
  await result('Reference', 'Reached the end').waitFor();
  expect(await steps().count()).toBe(8);
  expect(await steps().first().getAttribute('aria-current')).toBe('step');

  const next = at.page.getByRole('button', { name: 'Next step' });
  for (let step = 1; step < 8; step++) await next.click();
  expect(await steps().last().getAttribute('aria-current')).toBe('step');
  expect(await next.getAttribute('aria-disabled')).toBe('true');
  await stepOn('Reference').getByText('Went on', { exact: true }).waitFor();
  await stepOn('Reference').getByText('POST /token').waitFor();
  await at.page.getByRole('row', { name: /access_token step 8/ }).waitFor();
});

test('a swapped verifier is refused by a control of the reference, and by nothing on the baseline', async () => {
  await open('flow');
  await result('Reference', 'Reached the end').waitFor();
  await spoil('Swap the verifier');

  await result('Baseline', 'Nothing refused it').waitFor();
  await result('Reference', 'Refused at step 6').waitFor();
  expect(await steps().nth(5).getAttribute('aria-current')).toBe('step');
  await stepOn('Baseline').getByText('Nothing refused it.').waitFor();
  await stepOn('Reference').getByText('Refused', { exact: true }).waitFor();
  const refusal = stepOn('Reference')
    .getByRole('listitem')
    .filter({ hasText: 'verifyCodeChallenge' });
  await refusal.first().getByRole('link', { name: 'Topic 03, PKCE' }).waitFor();

  await at.page.getByRole('button', { name: 'Switch all off' }).click();
  await result('Reference', 'Reached the end').waitFor();
});

test('axe finds nothing in either theme, and a narrow page does not scroll sideways', async () => {
  await open('flow/token');
  await result('Reference', 'Reached the end').waitFor();
  await spoil('Swap the verifier');
  await result('Reference', 'Refused at step 6').waitFor();
  await result('Baseline', 'Nothing refused it').waitFor();
  // Until all three have answered, the button is disabled, and looks it.
  await at.page.getByRole('button', { name: 'Walk the flow' }).waitFor();
  await expectAccessible(at.page);
});
