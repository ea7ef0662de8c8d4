/**
 * What the console does with shots: repeats them, remembers them, compares answers, copies requests.
 *
 * @module-tag long
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { expectAccessible, ownWorkbookPage } from './workbook-page.ts';

const at = ownWorkbookPage();
const resultOf = (target: string) =>
  at.page.getByRole('region', { name: `Result against ${target}` });
const fireButton = () => at.page.getByRole('button', { name: 'Fire', exact: true });
const history = () => at.page.getByRole('region', { name: 'Shots fired' });
const unfoldHistory = () => history().getByText('Shots fired').click();
const differences = () => at.page.getByRole('region', { name: 'Differences between targets' });
const aimAt = (target: string) => at.page.getByRole('radio', { name: new RegExp(target) }).check();

async function fireAndWait(target: string, word: RegExp | string): Promise<void> {
  await fireButton().click();
  await resultOf(target).getByText(word, { exact: true }).waitFor();
  await fireButton().waitFor();
}

describe('the history of shots', () => {
  test('fires again exactly what was fired, with its own payload and targets', async () => {
    await at.open('attack/tok-wrong-audience');
    await aimAt('Reference');
    const payload = at.page.getByRole('textbox', { name: /Payload/ });
    const mine = '{ "claims": { "aud": "https://mine.example" } }';
    await payload.fill(mine);
    await fireAndWait('Reference', 'Blocked');
    await payload.fill('{ "claims": { "aud": "https://other.example" } }');
    await aimAt('Baseline');
    await fireAndWait('Baseline', 'Breached');

    await unfoldHistory();
    const shots = history().locator('ol > li');
    expect(await shots.count()).toBe(2);
    await shots.first().getByText('Baseline: breached').waitFor();
    await shots.last().getByText('your own payload', { exact: true }).waitFor();
    const [asked] = await Promise.all([
      at.page.waitForRequest(/\/lab\/fire$/),
      shots
        .last()
        .getByRole('button', { name: /^Fire again/ })
        .click(),
    ]);
    expect(asked.postDataJSON()).toMatchObject({ payload: mine, targets: ['reference'] });
    await resultOf('Reference').getByText('Blocked', { exact: true }).waitFor();
    await expect.poll(() => shots.count()).toBe(3);
  });

  test('outlives a reload, crosses topics, and opens an attack with what was fired', async () => {
    await at.open('attack/pkce-plain');
    await at.page.getByRole('heading', { level: 1 }).waitFor();
    await at.open('attack/city-length-type/empty');
    await aimAt('Baseline');
    const payload = at.page.getByRole('textbox', { name: /Payload/ });
    const mine = '{ "tool": "get_weather", "arguments": { "city": 7 } }';
    await payload.fill(mine);
    await fireAndWait('Baseline', 'Breached');
    await at.page.getByRole('button', { name: 'Reset' }).click();

    await at.open('attack/tok-alg-none');
    await at.page.reload();
    await unfoldHistory();
    const row = history().getByRole('listitem').filter({ hasText: 'Wrong length, wrong type' });
    await row.getByText('topic 08', { exact: false }).waitFor();
    expect(await row.getByRole('button', { name: /Fire again/ }).count()).toBe(0);
    expect(await at.page.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(/ticket|eyJ/);
    await row.getByRole('link').click();
    await at.page.getByRole('heading', { name: 'Wrong length, wrong type' }).waitFor();
    const textOf = (editor: Element): string | null =>
      editor instanceof HTMLTextAreaElement ? editor.value : editor.textContent;
    await expect.poll(() => payload.evaluate(textOf)).toBe(mine);
    expect(at.page.url()).toContain('#/attack/city-length-type/empty');

    await unfoldHistory();
    await history().getByRole('button', { name: 'Forget all' }).click();
    await history().getByText('Nothing has been fired in this tab yet.').waitFor();
    expect(await history().locator('summary:focus').count()).toBe(1);
  });

  test('fires a shot of another attack of the topic, which is then shown', async () => {
    await at.open('attack/tok-alg-none/none');
    await aimAt('Baseline');
    await fireAndWait('Baseline', 'Breached');
    await at.open('use/accepts-audience-lists');
    await at.page
      .getByRole('heading', { name: /audience/i })
      .first()
      .waitFor();
    await unfoldHistory();
    await history()
      .getByRole('button', { name: /^Fire again “A token that says/ })
      .press('Enter');
    await resultOf('Baseline').getByText('Breached', { exact: true }).waitFor();
    expect(at.page.url()).toContain('#/attack/tok-alg-none');
  });
});

describe('a repeated shot', () => {
  test('in turn tells how each came out, and shows the last in full', async () => {
    await at.open('attack/tok-alg-none');
    await at.page.getByLabel('Repeat').selectOption('one after another');
    const times = at.page.getByRole('spinbutton', { name: 'Number of shots' });
    await times.fill('51');
    await at.page.getByText('The number of shots is from 2 to 50.').waitFor();
    await times.press('Enter');
    await at.page.keyboard.press('Control+Enter');
    expect(await resultOf('Baseline').count()).toBe(0);
    await times.fill('3');
    await fireButton().click();
    await resultOf('Baseline').getByText('Breached 3 of 3', { exact: true }).waitFor();
    await resultOf('Reference').getByText('Blocked 3 of 3', { exact: true }).waitFor();
    await resultOf('Reference').getByText('The last one in full:').waitFor();
    await resultOf('Reference').getByText('HTTP exchanges').waitFor();
    await unfoldHistory();
    await history().getByText('“none”, 3 in turn', { exact: true }).waitFor();
    await history().getByText('Reference: 3 blocked').waitFor();
  });

  test('can be stopped, and the lab stops too', async () => {
    await at.open('attack/tok-alg-none');
    await aimAt('Reference');
    await at.page.getByLabel('Repeat').selectOption('one after another');
    await at.page.getByRole('spinbutton', { name: 'Number of shots' }).fill('50');
    await fireButton().click();
    await resultOf('Reference')
      .getByText(/[1-9]\d* of 50 fired/)
      .waitFor();
    await at.page.getByRole('button', { name: 'Stop' }).click();
    await resultOf('Reference')
      .getByText(/ended after \d+ of 50/)
      .waitFor();
    // The next one does not wait for what is left of the series.
    await at.page.getByLabel('Repeat').selectOption('once');
    await fireAndWait('Reference', 'Blocked');
  });

  test('at once meets one server', async () => {
    await at.open('attack/tok-alg-none');
    await aimAt('Baseline');
    await at.page.getByLabel('Repeat').selectOption('all at once');
    await at.page.getByRole('spinbutton', { name: 'Number of shots' }).fill('5');
    await at.page.keyboard.press('Control+Enter');
    await resultOf('Baseline').getByText('Breached 5 of 5', { exact: true }).waitFor();
    await resultOf('Baseline').getByText('All of them together:').waitFor();
  });

  test('is bounded in the lab as well', async () => {
    await at.open('');
    const statuses = await at.page.evaluate(async () => {
      const token = document.querySelector<HTMLMetaElement>('meta[name="lab-token"]')?.content;
      const ask = async (repeat: object): Promise<number> => {
        const body = { attackId: 'tok-alg-none', variant: 'none', targets: ['baseline'], repeat };
        const headers = { 'x-lab-token': token ?? '', 'content-type': 'application/json' };
        const init = { method: 'POST', headers, body: JSON.stringify(body) };
        return (await fetch('/lab/fire', init)).status;
      };
      return Promise.all([
        ask({ how: 'in-turn', times: 51 }),
        ask({ how: 'at-once', times: 21 }),
        ask({ how: 'in-turn', times: 1.5 }),
        ask({ how: 'for-ever', times: 2 }),
      ]);
    });
    expect(statuses).toEqual([400, 400, 400, 400]);
  });
});

test('differences between the targets are told in a line, and shown in full', async () => {
  await at.open('attack/tok-alg-none');
  await fireButton().click();
  const ours = differences().getByText(/^Yours and Reference: status, /);
  await ours.click();
  const differing = differences();
  await differing.getByRole('row', { name: 'Status 200 OK 401 Unauthorized' }).waitFor();
  await differing.getByRole('row', { name: /^www-authenticate absent Bearer/ }).waitFor();
  await differing.getByRole('row', { name: 'tool ran 1 0' }).waitFor();
  await differing.getByText('− only in Yours, + only in Reference.', { exact: false }).waitFor();
  await differing.getByText('only Reference: "error": "invalid_token"', { exact: false }).waitFor();
});

/** On Windows there is none. */
const hasShell = process.platform !== 'win32';
const hasCurl = spawnSync('curl', ['--version']).error === undefined;

test.runIf(hasShell && hasCurl)(
  'a request is copied as curl, which gets the same answer from the same target',
  async () => {
    await at.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await at.open('attack/tok-alg-none');
    await fireButton().click();
    const copyFrom = async (target: string): Promise<string> => {
      await resultOf(target)
        .getByRole('button', { name: /^Copy as curl/ })
        .first()
        .click();
      await resultOf(target)
        .getByRole('status')
        .getByText(/^Copied/)
        .waitFor();
      return at.page.evaluate(() => navigator.clipboard.readText());
    };
    await fireButton().waitFor();
    const run = (command: string): string =>
      execFileSync('sh', ['-s'], { input: command, encoding: 'utf8' });
    const reference = await copyFrom('Reference');
    expect(run(reference)).toMatch(/^HTTP\/1\.1 401 /);
    expect(run(await copyFrom('Baseline'))).toMatch(/^HTTP\/1\.1 200 [^]*"temperature"/);

    await aimAt('Reference');
    await fireAndWait('Reference', 'Blocked');
    expect(run(reference)).toMatch(/^HTTP\/1\.1 403 /);
  },
);

test('the keyboard does all of it', async () => {
  await at.open('attack/tok-alg-none');
  await aimAt('Baseline');
  await fireButton().focus();
  await at.page.keyboard.press('Enter');
  await resultOf('Baseline').getByText('Breached', { exact: true }).waitFor();
  await fireButton().waitFor();
  const summary = history().locator('summary');
  await summary.focus();
  await at.page.keyboard.press('Enter');
  const again = history().getByRole('button', { name: /^Fire again/ });
  await again.first().focus();
  await at.page.keyboard.press('Space');
  await expect.poll(() => again.count()).toBe(2);
  await fireButton().waitFor();
});

test('axe finds nothing in either theme, and a narrow page does not scroll sideways', async () => {
  await at.open('attack/tok-alg-none');
  await at.page.getByLabel('Repeat').selectOption('all at once');
  await at.page.getByRole('spinbutton', { name: 'Number of shots' }).fill('2');
  await fireButton().click();
  for (const names of ['Baseline and Yours', 'Yours and Reference']) {
    await differences().getByRole('group').getByText(`${names}:`).click();
  }
  await unfoldHistory();
  await fireButton().waitFor();
  await expectAccessible(at.page);
});

test('of a request through a gateway, what it read and what the server did stand side by side', async () => {
  await at.open('attack/hd-other-tool');
  await fireButton().click();
  const rowsAt = (target: string) =>
    resultOf(target)
      .getByRole('table', { name: 'Gateway and server, side by side' })
      .getByRole('row');
  await rowsAt('Baseline')
    .filter({ hasText: 'Let it pass' })
    .getByText('Ran delete_alert')
    .waitFor();
  await rowsAt('Reference')
    .filter({ hasText: 'Let it pass' })
    .getByText(/^Ran nothing: 400/)
    .waitFor();
  const differing = rowsAt('Reference').filter({ hasText: 'differs' });
  expect(await differing.allInnerTexts()).toEqual([
    expect.stringMatching(/get_weather\s+delete_alert/),
  ]);
  await fireButton().waitFor();
  await expectAccessible(at.page);
});
