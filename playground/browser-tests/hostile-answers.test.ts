/**
 * Answers made to harm whoever looks at them: shown as text, bounded, and nothing happens.
 *
 * @module-tag long
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectAccessible, expectNoSidewaysScrolling, ownWorkbookPage } from './workbook-page.ts';

const at = ownWorkbookPage();
const yours = () => at.page.getByRole('region', { name: 'Result against Yours' });
const TOPIC = '05-access-tokens';

const HTML = `<img src="https://harm.example/x.png" onerror="window.hit = 1"><script>window.hit = 1; alert(1)</script><a href="javascript:window.hit=1">go</a><iframe src="https://harm.example/"></iframe><style>body { display: none }</style>`;

/** Lets the learner's server answer everything with `body`, a statement about `response`. */
function answerWith(body: string): void {
  writeFileSync(
    path.join(at.workbook.folder, 'exercises', TOPIC, 'bearer-auth.ts'),
    `export const createBearerAuth = (): any => (_request: any, response: any) => {\n${body}\n};\n`,
  );
}

let harm: string[];
beforeEach(async () => {
  harm = [];
  at.page.on('dialog', (dialog) => {
    harm.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  at.page.on('request', (request) => {
    if (!request.url().startsWith(at.workbook.url)) harm.push(`request: ${request.url()}`);
  });
  at.page.on('popup', () => harm.push('a window'));
});
afterEach(() => expect(harm).toEqual([]));

/** Fires at the learner's server, and gives back how many bytes the lab sent the page. */
async function fire(): Promise<number> {
  await at.open('attack/tok-alg-none');
  await at.page.getByRole('radio', { name: 'Yours runs your files' }).check();
  await at.page.getByRole('button', { name: 'Fire', exact: true }).click();
  await yours().getByText('HTTP exchanges').waitFor();
  await at.page.getByRole('button', { name: 'Fire', exact: true }).waitFor();
  return at.page.evaluate(() => {
    const asked = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return asked.findLast(({ name }) => name.endsWith('/lab/fire'))?.decodedBodySize ?? Infinity;
  });
}

async function expectUnharmed(): Promise<void> {
  const state = await at.page.evaluate(async () => {
    const started = performance.now();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const { hit } = window as unknown as { hit?: number };
    return {
      hit,
      wait: performance.now() - started,
      made: document.querySelectorAll('main :is(img, iframe, script, [href^="javascript:"])')
        .length,
      elements: document.querySelectorAll('*').length,
    };
  });
  expect(state).toMatchObject({ hit: undefined, made: 0 });
  expect(state.wait).toBeLessThan(2_000);
  expect(state.elements).toBeLessThan(5_000);
}

test('markup, scripts and links are text, in the body and in headers', async () => {
  answerWith(
    `response.set('x-note', ${JSON.stringify(HTML)}).type('html').send(${JSON.stringify(HTML)});`,
  );
  await fire();
  await yours()
    .getByText('<script>window.hit = 1; alert(1)</script>', { exact: false })
    .first()
    .waitFor();
  await yours().getByText('javascript:window.hit=1', { exact: false }).first().waitFor();
  await expectUnharmed();
});

test('escapes of terminals, controls and reordering characters can be seen', async () => {
  answerWith(
    `response.type('text').send('\\u001b[2J\\u001b]0;owned\\u0007 \\u0000 user\\u202etxt.exe \\u2066x\\u2069 \\u200b \\r end');`,
  );
  await fire();
  for (const escape of [
    '\\u001b[2J',
    '\\u0007',
    '\\u0000',
    '\\u202e',
    '\\u2066',
    '\\u200b',
    '\\r',
  ]) {
    await yours().getByText(escape, { exact: false }).first().waitFor();
  }
  const shown = await yours().innerText();
  // oxlint-disable-next-line no-control-regex
  expect(shown).not.toMatch(/[\u0000-\u0008\u001b\u202e\u2066\u200b]/);
  await expectUnharmed();
});

test('five megabytes are folded, unfolded in steps, and counted', async () => {
  answerWith(`response.type('text').send('<b>x</b>'.repeat(625_000));`);
  const bytes = await fire();
  expect(bytes).toBeGreaterThan(64_000);
  expect(bytes).toBeLessThan(3_000_000);
  await yours().getByText('… and 4,934,464 more bytes, which the lab left out.').waitFor();
  const block = yours().locator('pre').filter({ hasText: '<b>x</b><b>x</b>' }).first();
  expect((await block.innerText()).length).toBeLessThan(1_500);
  await yours()
    .getByRole('button', { name: /^Show 18,800 more of/ })
    .click();
  expect((await block.innerText()).length).toBe(20_000);
  await expectUnharmed();
  await expectNoSidewaysScrolling(at.page);
});

test('one word of a megabyte does not widen the page', async () => {
  answerWith(`response.set('x-long', 'w'.repeat(8_000)).type('text').send('w'.repeat(1_000_000));`);
  expect(await fire()).toBeLessThan(3_000_000);
  await expectUnharmed();
  await expectNoSidewaysScrolling(at.page);
});

test('bytes that are no text are shown as what they are not', async () => {
  answerWith(
    `response.type('bin').send(Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 256)));`,
  );
  expect(await fire()).toBeLessThan(3_000_000);
  await yours()
    .getByText(/more bytes, which the lab left out/)
    .waitFor();
  await expectUnharmed();
});

test('hundreds of headers are shown in part', async () => {
  answerWith(
    `for (let i = 0; i < 400; i++) response.set('x-h-' + i, '<i>' + i); response.send('');`,
  );
  await fire();
  await yours()
    .getByText(/And \d+ more headers\./)
    .first()
    .waitFor();
  await expectUnharmed();
});

test('an error message, and one that ends the file’s loading, are text too', async () => {
  answerWith(`throw new Error(${JSON.stringify(`${HTML}\u202e\u001b[2J`)});`);
  await fire();
  await expectUnharmed();
  writeFileSync(
    path.join(at.workbook.folder, 'exercises', TOPIC, 'bearer-auth.ts'),
    `throw new Error(${JSON.stringify(`${HTML}\u202e`)});\n`,
  );
  await yours().getByText('Could not run', { exact: true }).waitFor();
  await yours()
    .getByText(/onerror="window\.hit = 1"/)
    .first()
    .waitFor();
  await expectUnharmed();
});

test('axe finds nothing in either theme, and differences of a hostile answer are text', async () => {
  answerWith(`response.type('html').send(${JSON.stringify(`\u202e${HTML}`.repeat(300))});`);
  await at.open('attack/tok-alg-none');
  await at.page.getByRole('button', { name: 'Fire', exact: true }).click();
  const differences = at.page.getByRole('region', { name: 'Differences between targets' });
  for (const names of ['Baseline and Yours:', 'Yours and Reference:']) {
    await differences.getByRole('group').getByText(names).click();
  }
  await differences
    .getByRole('row', { name: /^Status/ })
    .first()
    .waitFor();
  await at.page.getByRole('button', { name: 'Fire', exact: true }).waitFor();
  await expectUnharmed();
  await expectAccessible(at.page);
});
