/**
 * The picture of a request's way, in a real browser.
 *
 * @module-tag long
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { expectAccessible, ownWorkbookPage } from './workbook-page.ts';

const at = ownWorkbookPage();
const laneOf = (target: string) => at.page.locator(`[data-target=${target}]`);
const gate = (target: string, says: string) => laneOf(target).getByText(says, { exact: true });
const aim = (target: string) => at.page.getByRole('radio', { name: new RegExp(target) }).check();
const fire = () => at.page.getByRole('button', { name: 'Fire', exact: true }).click();

test('shows which gate refused, which let it through, and which was not asked', async () => {
  await at.open('attack/tok-alg-none');
  await fire();
  await gate('reference', 'token: refused').waitFor({ state: 'attached' });
  await gate('baseline', 'token: let it through').waitFor({ state: 'attached' });
  for (const says of ['headers: passed', 'origin: passed', 'body: passed', 'scope: not reached']) {
    expect(await gate('reference', says).count()).toBe(1);
  }
  expect(await gate('baseline', 'headers: not asked').count()).toBe(1);
  expect(await gate('baseline', 'tool: passed').count()).toBe(1);
  expect(await gate('reference', 'audit: wrote a line all the same').count()).toBe(1);
  await laneOf('reference').getByText('nothing ran').waitFor();
  await laneOf('baseline').getByText('ran as admin').waitFor();
  await laneOf('reference')
    .getByText(/refused it, 401: /)
    .waitFor();
});

test.each([
  ['host-rebinding', 'origin'],
  ['scope-missing', 'scope'],
  ['city-length-type', 'input'],
])('says that %s is refused at %s, and that the call before was not', async (id, where) => {
  await at.open(`attack/${id}`);
  await aim('Reference');
  await fire();
  await gate('reference', `${where}: refused`).waitFor({ state: 'attached' });
  expect(await gate('reference', 'tool: not reached').count()).toBe(1);
});

test('at the authorization server the gates are others', async () => {
  await at.open('attack/pkce-plain-downgrade');
  await aim('Reference');
  await fire();
  await gate('reference', 'request: refused').waitFor({ state: 'attached' });
  expect(await gate('reference', 'tool: not reached').count()).toBe(0);
});

test.each([1440, 900, 380])(
  'at %i pixels a server’s name stands at its own line',
  async (width) => {
    await at.page.setViewportSize({ width, height: 900 });
    await at.open('attack/tok-alg-none');
    await fire();
    await laneOf('reference').getByText('nothing ran').waitFor({ state: 'attached' });
    for (const target of ['baseline', 'yours', 'reference']) {
      const name = await laneOf(target).getByRole('strong').first().boundingBox();
      const line = await laneOf(target).getByRole('list').boundingBox();
      if (!name || !line) throw new Error(`The picture has no line of ${target}.`);
      const middle = name.x + name.width / 2;
      expect(middle).toBeGreaterThan(line.x);
      expect(middle).toBeLessThan(line.x + line.width);
    }
  },
);

test.each([1440, 1010, 964, 950, 900, 780, 380])(
  'at %i pixels the head of the page holds all it shows',
  async (width) => {
    await at.page.setViewportSize({ width, height: 900 });
    await at.open('topic/05-access-tokens');
    const head = await at.page.getByRole('banner').boundingBox();
    const theme = await at.page.getByRole('group', { name: 'Theme' }).boundingBox();
    if (!head || !theme) throw new Error('The page has no head.');
    expect(theme.y).toBeGreaterThanOrEqual(head.y);
    expect(theme.y + theme.height).toBeLessThanOrEqual(head.y + head.height);
    const menu = await at.page.getByRole('link', { name: 'Secure an MCP server' }).boundingBox();
    expect(menu?.y).toBeGreaterThanOrEqual(head.y);
  },
);

test('what an attacker wrote is text in the picture, too', async () => {
  const file = path.join(at.workbook.folder, 'exercises/10-rate-limits/single-message.ts');
  const shipped = readFileSync(file, 'utf8');
  const hostile = `'<img src=x onerror="window.hit=1">\\u202e' + 'x'.repeat(5000)`;
  writeFileSync(
    file,
    `import { InvalidMessageError } from '../weather-server/errors.ts';\n${shipped.replace(
      '() => undefined',
      `() => {\n  throw new InvalidMessageError(${hostile});\n}`,
    )}`,
  );
  await at.open('attack/rl-expensive-tool');
  await aim('Yours');
  await fire();
  await laneOf('yours')
    .getByText(/onerror/)
    .first()
    .waitFor();
  await gate('yours', 'body: refused ordinary use too').waitFor({ state: 'attached' });
  expect(await at.page.locator('main img').count()).toBe(0);
  expect(await at.page.evaluate(() => 'hit' in window)).toBe(false);
  await expectAccessible(at.page);
  writeFileSync(file, shipped);
});

test('a server that ends on the way leaves what is known of it', { timeout: 120_000 }, async () => {
  const file = path.join(at.workbook.folder, 'exercises/08-city-input/city-input.ts');
  const shipped = readFileSync(file, 'utf8');
  const ending = `import { z as zod } from 'zod';\nexport const citySchema = zod.any().refine((city) => city === 'Paris' || process.exit(3));\n`;
  writeFileSync(file, shipped.replace(/export const citySchema[^;]*;/, '').concat(ending));
  await at.open('attack/city-length-type');
  await aim('Yours');
  await fire();
  await laneOf('yours')
    .getByText(/Inconclusive|Could not run/)
    .first()
    .waitFor({ timeout: 60_000 });
  await laneOf('yours')
    .getByText(/city-input\.ts/)
    .first()
    .waitFor();
  writeFileSync(file, shipped);
});
