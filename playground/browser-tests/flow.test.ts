/**
 * The page that walks the flows, in a real browser.
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

test('the way over a third party is chosen with the keyboard, stays in the address, and can be spoiled', async () => {
  await open('flow');
  await result('Reference', 'Reached the end').waitFor();
  await at.page.getByRole('radio', { name: /^A client signs in/ }).focus();
  await at.page.keyboard.press('ArrowDown');
  await expect.poll(() => at.page.url()).toMatch(/#\/flow\/third-party$/);
  const chosen = at.page.getByRole('radio', { name: /^Over a third party/ });
  expect(await chosen.evaluate((radio) => radio === document.activeElement)).toBe(true);
  await result('Baseline', 'Reached the end, with remarks').waitFor();
  await result('Reference', 'Reached the end').waitFor();
  expect(await steps().count()).toBe(6);

  await spoil('Agree in one browser, come back in another');
  await result('Baseline', 'Nothing refused it').waitFor();
  await result('Reference', 'Refused at step 4').waitFor();
  expect(await steps().nth(3).getAttribute('aria-current')).toBe('step');
  await stepOn('Reference')
    .getByRole('listitem')
    .filter({ hasText: 'createThirdPartySignIn → resume' })
    .getByRole('link', { name: 'Topic 20, Upstream authority' })
    .waitFor();
  await stepOn('Baseline').getByText('The attacker’s client got a code of ours.').waitFor();
  await at.page.getByRole('button', { name: 'Walk the flow' }).waitFor();
  await expectAccessible(at.page);

  await at.page.reload();
  await result('Reference', 'Reached the end').waitFor();
  expect(await chosen.isChecked()).toBe(true);
  expect(await steps().nth(3).getAttribute('aria-current')).toBe('step');
});

test.each([1440, 900, 380])(
  'a step that is spoiled and refused keeps its size, %i pixels wide',
  async (width) => {
    await at.page.setViewportSize({ width, height: 900 });
    for (const [place, label] of [
      ['flow', 'Swap the verifier'],
      ['flow/third-party', 'Agree in one browser, come back in another'],
    ] as const) {
      await open(place);
      await result('Reference', 'Reached the end').waitFor();
      const sizes = () => steps().evaluateAll((all) => all.map((step) => step.clientHeight));
      const before = await sizes();
      await spoil(label);
      await result('Baseline', 'Nothing refused it').waitFor();
      await at.page.getByRole('button', { name: 'Walk the flow' }).waitFor();
      expect(await sizes()).toEqual(before);
    }
  },
);
