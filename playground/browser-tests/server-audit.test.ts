/**
 * The page that audits a server of the learner's own, in a real browser: the reference, a server whose
 * answers are hostile, and none at all.
 *
 * @module-tag long
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveReference, type ServedReference } from '../../catalogue/serve-reference.ts';
import { expectAccessible, workbookPage } from './workbook-page.ts';

const at = workbookPage();
let reference: ServedReference;
let hostile: Server;
beforeAll(async () => {
  reference = await serveReference();
  hostile = createServer((_request, response) => {
    response.setHeader('www-authenticate', 'Bearer error="<img src=x onerror=document.title=1>"');
    response.writeHead(401).end('{}');
  });
  await new Promise<void>((resolve) => hostile.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await reference.close();
  hostile.close();
});

const says = (text: RegExp): Promise<void> =>
  at.page.getByRole('status').getByText(text).first().waitFor();

async function audit(address: string): Promise<void> {
  await at.open('server-audit');
  await at.page.getByLabel('Address of the MCP endpoint').fill(address);
  await at.page.getByRole('button', { name: 'Audit it' }).click();
}

test('an audit shows what it does, and then what to mend, with reports to keep', async () => {
  await audit(reference.config.resource);
  await at.page.getByRole('progressbar', { name: 'Requests sent' }).waitFor();
  await says(/^\d+ failed.*, [3-9]\d passed, /);
  await at.page.getByText(/\d+ requests in [\d.]+ s\./).waitFor();
  const [saved] = await Promise.all([
    at.page.waitForEvent('download'),
    at.page.getByRole('button', { name: 'Save as a page' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('audit.html');
  await at.page.getByText(/\d+ passed$/).click();
  await expectAccessible(at.page);
});

test('a hostile answer stays text, and leads to a lesson', async () => {
  await audit(`http://127.0.0.1:${(hostile.address() as AddressInfo).port}/mcp`);
  const toMend = at.page.getByRole('region', { name: 'What to mend' });
  await toMend.getByRole('link', { name: 'The lesson' }).first().waitFor();
  expect(await at.page.title()).toContain('A server of your own');
  expect(await at.page.locator('main img').count()).toBe(0);
});

test('an audit can be stopped, and asks no servers elsewhere', async () => {
  await audit(reference.config.resource);
  await at.page.getByRole('button', { name: 'Stop the audit' }).click();
  await says(/^Stopped after \d+ requests/);
  await audit('https://192.0.2.1/mcp');
  await says(/is not this machine/);
  await audit('http://127.0.0.1:9/mcp');
  await says(/.+/);
});
