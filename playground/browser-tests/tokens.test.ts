/**
 * The token study, in a real browser.
 *
 * @module-tag long
 */
import { expect, test } from 'vitest';
import { expectAccessible, workbookPage } from './workbook-page.ts';

const at = workbookPage();
const button = (name: string) => at.page.getByRole('button', { name, exact: true });
const answerOf = (target: string) => at.page.getByRole('region', { name: `Answer of ${target}` });
const theToken = () => at.page.getByRole('region', { name: 'The token' });
const wrong = () => at.page.getByRole('region', { name: 'What is wrong with this token' });

const judged = (target: string, word: string) =>
  answerOf(target).getByText(word, { exact: true }).waitFor();

test('a real token is decoded, explained, and accepted by all three', async () => {
  await at.open('topic/05-access-tokens');
  await at.page.getByRole('link', { name: 'forge one yourself' }).click();
  await at.page.getByRole('radio', { name: 'Bob' }).check();
  await button('Get a real token').click();
  await theToken().getByText('"at+jwt"', { exact: true }).waitFor();
  await theToken().getByText('"bob"', { exact: true }).waitFor();
  await theToken()
    .getByText(/in [45] minutes$/)
    .waitFor();
  await theToken()
    .getByText(/authorization server’s key, over exactly/)
    .waitFor();
  expect(await theToken().getByRole('link', { name: 'RFC 7519 §4.1.3' }).count()).toBe(1);
  await at.page.getByRole('status').getByText('No server has seen it yet').waitFor();

  await button('Fire the token').click();
  for (const target of ['Baseline', 'Yours', 'Reference']) {
    await judged(target, 'Accepted');
    await answerOf(target).getByText('get_weather ran as bob').waitFor();
  }
  await wrong().getByText('Nothing. A resource server has no reason').waitFor();
});

test('alg none is believed by the insecure servers, and by the reference not', async () => {
  await at.open('tokens');
  await button('alg none').click();
  await at.page.getByRole('combobox', { name: 'Call' }).selectOption('list_all_alerts');
  await button('Fire the token').click();
  await judged('Baseline', 'Accepted');
  await answerOf('Baseline').getByText('list_all_alerts ran as admin').waitFor();
  await answerOf('Baseline')
    .getByRole('listitem')
    .getByText('its algorithm is “none”', { exact: true })
    .waitFor();
  await judged('Reference', 'Refused');
  await answerOf('Reference').getByRole('strong').getByText('401 Unauthorized').waitFor();
  await wrong().getByText('Nobody signed it.').waitFor();
  await theToken().getByText('Empty', { exact: true }).waitFor();
});

test('an expired token with a good signature is refused with invalid_token', async () => {
  await at.open('tokens');
  await button('Expired an hour ago').click();
  await button('Fire the token').click();
  await judged('Reference', 'Refused');
  await answerOf('Reference').getByText('invalid_token', { exact: true }).waitFor();
  await judged('Baseline', 'Accepted');
  await answerOf('Baseline')
    .getByRole('listitem')
    .getByText('it has expired', { exact: true })
    .waitFor();
  await theToken()
    .getByText(/(1 hour|60 minutes) ago$/)
    .first()
    .waitFor();
});

test('a recipe of the learner’s own is made anew with every change, and read before it is sent', async () => {
  await at.open('tokens');
  await button('Get a real token').click();
  await theToken().getByText('"alice"', { exact: true }).waitFor();
  const claims = at.page.getByRole('textbox', { name: 'Changes to the claims (JSON)' });
  await claims.fill('{ "sub": "mallory", "jti": null, "x": 1 }');
  await theToken().getByText('"mallory"', { exact: true }).waitFor();
  await theToken().getByText('removed', { exact: true }).waitFor();
  await theToken().getByText('added', { exact: true }).waitFor();
  await theToken()
    .getByText(/It was made over other bytes/)
    .waitFor();

  await claims.fill('{ "sub": ');
  await at.page.getByText(/^This is not valid JSON/).waitFor();
  expect(await button('Fire the token').getAttribute('aria-disabled')).toBe('true');
  await claims.fill('["sub"]');
  await at.page.getByText(/^Changes are a JSON object/).waitFor();

  await claims.fill('{ "scope": "weather:read" }');
  await at.page.getByRole('radio', { name: 'Have the authorization server sign it' }).check();
  await at.page.getByRole('combobox', { name: 'Call' }).selectOption('save_alert');
  await button('Fire the token').click();
  await answerOf('Reference').getByRole('strong').getByText('403 Forbidden').waitFor();
  await answerOf('Reference').getByText('insufficient_scope', { exact: true }).waitFor();
  await wrong().getByText('Its scopes do not include this tool.').waitFor();
});

test('axe finds nothing in either theme, and a narrow page does not scroll sideways', async () => {
  await at.open('tokens');
  await button('Own key in the header').click();
  await button('Fire the token').click();
  await judged('Reference', 'Refused');
  await judged('Baseline', 'Accepted');
  await judged('Yours', 'Accepted');
  await answerOf('Reference').getByText('The request and its answer').click();
  await expectAccessible(at.page);
});
