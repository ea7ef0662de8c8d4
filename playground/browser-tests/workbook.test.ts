/**
 * The playground as a person uses it, in a real browser, against a copy of the workbook.
 *
 * @module-tag long
 */
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { curriculum } from '../../catalogue/curriculum.ts';
import { expectAccessible, ownWorkbookPage } from './workbook-page.ts';

const at = ownWorkbookPage();
const open = (place: string) => at.open(place);
const resultOf = (target: string) =>
  at.page.getByRole('region', { name: `Result against ${target}` });
const fire = () => at.page.getByRole('button', { name: 'Fire', exact: true }).click();
const stub = (file: string): string => path.join(at.workbook.folder, 'exercises', file);
const use = (solution: string, file: string): void =>
  cpSync(path.join(at.workbook.folder, 'solutions', solution), stub(file));

test('the start page says what is dangerous here, and lists every topic', async () => {
  await open('');
  await at.page.getByRole('heading', { name: /cannot hurt you/ }).waitFor();
  const topics = at.page.getByRole('navigation', { name: 'Topics' }).getByRole('listitem');
  expect(await topics.count()).toBe(curriculum.length);
});

test('the list of all attacks is searched, and leads to one of them', async () => {
  await open('attacks');
  const found = at.page.getByRole('main').getByRole('listitem');
  await at.page
    .getByRole('status')
    .getByText(/^\d+ attacks$/)
    .waitFor();
  expect(await found.count()).toBeGreaterThan(100);
  await at.page
    .getByRole('searchbox', { name: 'Search the attacks' })
    .fill('says needs no SIGNATURE alg-none');
  await at.page.getByRole('status').getByText('1 attack', { exact: true }).waitFor();
  await found.getByRole('link', { name: 'A token that says it needs no signature' }).click();
  await at.page.getByRole('heading', { name: 'A token that says it needs no signature' }).waitFor();
  expect(at.page.url()).toContain('#/attack/tok-alg-none');
});

test('an attack fired at all three targets breaches two and is blocked by the reference', async () => {
  await open('attack/tok-alg-none');
  await fire();
  await resultOf('Baseline').getByText('Breached', { exact: true }).waitFor();
  await resultOf('Yours').getByText('Breached', { exact: true }).waitFor();
  await resultOf('Reference').getByText('Blocked', { exact: true }).waitFor();
  await resultOf('Baseline')
    .getByText(/ran get_weather as “admin”/)
    .first()
    .waitFor();
});

test('the keyboard fires, and ordinary use can be tried as well', async () => {
  await open('use/accepts-audience-lists');
  await at.page.getByRole('radio', { name: /Reference/ }).check();
  await at.page.keyboard.press('Control+Enter');
  await resultOf('Reference').getByText('Works', { exact: true }).waitFor();
});

test('a fixed stub is live without a reload, and the attack that was fired fails', async () => {
  const file = stub('05-access-tokens/verify-access-token.ts');
  const shipped = readFileSync(file, 'utf8');
  await open('attack/tok-tampered');
  await at.page.getByRole('radio', { name: 'Yours runs your files' }).check();
  await fire();
  await resultOf('Yours').getByText('Breached', { exact: true }).waitFor();
  await at.page.evaluate(() => ((window as unknown as { mark: number }).mark = 1));

  use('05-access-tokens/verify-access-token.ts', '05-access-tokens/verify-access-token.ts');
  use('05-access-tokens/bearer-auth.ts', '05-access-tokens/bearer-auth.ts');
  await resultOf('Yours').getByText('Blocked', { exact: true }).waitFor();
  expect(await at.page.evaluate(() => (window as unknown as { mark?: number }).mark)).toBe(1);
  writeFileSync(file, shipped);
  await resultOf('Yours').getByText('Breached', { exact: true }).waitFor();
});

test('a stub that does not load says so with file and line, and the page recovers', async () => {
  const file = stub('08-city-input/city-input.ts');
  const shipped = readFileSync(file, 'utf8');
  await open('attack/city-length-type');
  await at.page.getByRole('radio', { name: 'Yours runs your files' }).check();
  await fire();
  await resultOf('Yours').getByText('Breached', { exact: true }).waitFor();

  writeFileSync(file, `${shipped}\nconst broken = (;\n`);
  const line = shipped.split('\n').length + 1;
  const place = `exercises/08-city-input/city-input.ts:${line}`;
  await resultOf('Yours').getByText(place).waitFor();
  await at.page.getByRole('status').getByText(place).waitFor();

  use('08-city-input/city-input.ts', '08-city-input/city-input.ts');
  await resultOf('Yours').getByText('Blocked', { exact: true }).waitFor();
});

test('a stub that never comes to an end is ended, named, and survived', async () => {
  const file = stub('10-rate-limits/single-message.ts');
  const shipped = readFileSync(file, 'utf8');
  writeFileSync(file, shipped.replace('() => undefined', '() => {\n  for (;;);\n}'));
  await open('attack/rl-expensive-tool');
  await at.page.getByRole('radio', { name: 'Yours runs your files' }).check();
  await fire();
  await resultOf('Yours')
    .getByText(/single-message\.ts:\d+: the code here did not come to an end/)
    .first()
    .waitFor();
  writeFileSync(file, shipped);
  await resultOf('Yours').getByText('Breached', { exact: true }).waitFor();
});

describe('the payload', () => {
  test('can be edited, and says when it is not JSON', async () => {
    await open('attack/tok-wrong-audience');
    const payload = at.page.getByRole('textbox', { name: /Payload/ });
    await payload.fill('{ "claims": ');
    await at.page
      .getByText(/not (valid )?JSON/i)
      .first()
      .waitFor();
    await payload.fill('{ "claims": { "aud": "https://mine.example" } }');
    await at.page.getByRole('radio', { name: /Baseline/ }).check();
    await fire();
    await resultOf('Baseline').getByText('Breached', { exact: true }).waitFor();
  });

  test('of a megabyte is refused politely', async () => {
    await open('attack/city-length-type');
    const payload = at.page.getByRole('textbox', { name: /Payload/ });
    await payload.fill(
      JSON.stringify({ tool: 'get_weather', arguments: { city: 'a'.repeat(1_000_000) } }),
    );
    await at.page
      .getByText(/too long: \d+ KiB/)
      .first()
      .waitFor();
  });

  test('that an attacker wrote is shown as text', async () => {
    await open('attack/city-control-chars');
    const payload = at.page.getByRole('textbox', { name: /Payload/ });
    const city = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>\\u202e';
    await payload.fill(
      `{ "tool": "get_weather", "arguments": { "city": ${JSON.stringify(city).replace('\\\\u', '\\u')}, "units": "metric" } }`,
    );
    await at.page.getByRole('radio', { name: /Baseline/ }).check();
    await fire();
    await resultOf('Baseline').getByText('Breached', { exact: true }).waitFor();
    await resultOf('Baseline')
      .getByText(/onerror/)
      .first()
      .waitFor();
    expect(
      await at.page.evaluate(() => (window as unknown as { hit?: number }).hit),
    ).toBeUndefined();
  });
});

test('a lesson shows code from the real files, and its quiz explains every choice', async () => {
  await open('topic/10-rate-limits');
  const reference = at.page.getByText('solutions/10-rate-limits/rate-limiter.ts').first();
  await at.page.getByText('exercises/weather-server/unguarded.ts').first().waitFor();
  expect(await reference.isVisible()).toBe(false);
  await at.page.getByText('Show the reference').click();
  await reference.waitFor();
  await at.page.getByRole('link', { name: 'Check your understanding' }).first().click();
  const question = at.page
    .getByRole('region', { name: 'Check your understanding' })
    .getByRole('group')
    .filter({ has: at.page.getByRole('radio') })
    .last();
  const choices = question.getByRole('radio');
  for (let index = 0; index < (await choices.count()); index++) await choices.nth(index).check();
});

test('what was blocked is remembered after a reload', async () => {
  use('05-access-tokens/verify-access-token.ts', '05-access-tokens/verify-access-token.ts');
  use('05-access-tokens/bearer-auth.ts', '05-access-tokens/bearer-auth.ts');
  await open('attack/tok-expired');
  await at.page.getByRole('radio', { name: 'Yours runs your files' }).check();
  await fire();
  await resultOf('Yours').getByText('Blocked', { exact: true }).waitFor();
  await open('');
  await at.page.reload();
  await at.page
    .getByRole('navigation', { name: 'Topics' })
    .getByText(/[1-9]\d* of 15 blocked/)
    .waitFor();
});

describe('the lab answers nobody but its page', () => {
  const askFrom = (address: string): Promise<string> =>
    at.page.evaluate(async (url) => {
      const options = { method: 'POST', headers: { 'x-lab-token': 'x' }, body: '{}' };
      const answers = await Promise.all(
        [fetch(`${url}lab/catalogue`), fetch(`${url}lab/fire`, options)].map((asked) =>
          asked.then(
            async (response) => `${response.status} ${await response.text()}`,
            () => 'unreadable',
          ),
        ),
      );
      return answers.join('\n');
    }, address);

  test('not another origin', async () => {
    const stranger = createServer((_request, response) => response.end('<h1>Stranger</h1>'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    await at.page.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
    expect(await askFrom(at.workbook.url)).toBe('unreadable\nunreadable');
    stranger.close();
    stranger.closeAllConnections();
  });

  test('not its own page without the token, and not under another host name', async () => {
    await open('');
    expect(await askFrom(at.workbook.url)).toMatch(/^403 .*\n403 /);
    const token = await at.page.locator('meta[name="lab-token"]').getAttribute('content');
    expect(await statusUnder('rebound.example', 'lab/catalogue', token)).toBe(403);
    // Whoever got the page by such a name would have the token.
    expect(await statusUnder('rebound.example', '', null)).toBe(403);
    expect(await statusUnder(new URL(at.workbook.url).host, '', null)).toBe(200);
  });

  test('and its token is in no address, no storage and nothing that is printed', async () => {
    await open('attack/tok-alg-none');
    await fire();
    await resultOf('Reference').getByText('Blocked', { exact: true }).waitFor();
    const token = await at.page.locator('meta[name="lab-token"]').getAttribute('content');
    const kept = await at.page.evaluate(() =>
      JSON.stringify([
        location.href,
        history.state,
        performance.getEntries().map(({ name }) => name),
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.cookie,
      ]),
    );
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(kept).not.toContain(token);
    expect(at.workbook.printed()).toContain(at.workbook.url);
    expect(at.workbook.printed()).not.toContain(token);
  });

  async function statusUnder(
    host: string,
    place: string,
    token: string | null,
  ): Promise<number | undefined> {
    const headers = { host, 'x-lab-token': token ?? '' };
    const asking = request(`${at.workbook.url}${place}`, { headers }).end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  }
});

const places = [
  '',
  'topic/05-access-tokens',
  'topic/02-client-registration',
  'attack/rl-burst',
  'attacks',
  'studies',
  'nowhere',
];

test.each(places)(
  'axe finds nothing on #/%s in either theme, and it fits a narrow page',
  async (place) => {
    await open(place);
    await at.page.getByRole('heading', { level: 1 }).waitFor();
    if (place.startsWith('topic/')) {
      await at.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      await at.page.getByRole('heading', { name: 'Check your understanding' }).waitFor();
    }
    if (place.startsWith('attack/')) {
      await fire();
      await resultOf('Reference').getByText('Blocked', { exact: true }).waitFor();
      await resultOf('Baseline').getByText('Breached', { exact: true }).waitFor();
    }
    await expectAccessible(at.page);
  },
);
