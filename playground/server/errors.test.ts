/** What an asker is told when something goes wrong: never a stack, nor where the workbook lies. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { projectFolder } from '../../shared/project-path.ts';
import { SayPlainly } from '../../shared/say-plainly.ts';
import type { LabServer } from './lab.ts';
import { createPageServer } from './page-server.ts';
import { RouteError, sendError } from './routes/answers.ts';

async function ask(listener: RequestListener, place: string): Promise<Response & { said: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${place}`);
  const said = await response.text();
  server.close();
  server.closeAllConnections();
  return Object.assign(response, { said });
}

test.each([
  [new RouteError(404, 'Not here.'), 404, 'Not here.'],
  [new SayPlainly('The disk is full.'), 500, 'The disk is full.'],
  [new Error(`ENOSPC: ${projectFolder}/x`), 500, 'The lab itself failed; the terminal says more.'],
])('the lab answers %s in JSON', async (error, status, sentence) => {
  vi.spyOn(console, 'error').mockReturnValue();
  const answer = await ask((_request, response) => sendError(response, error), '/');
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.said)).toEqual({ error: sentence });
});

test('the page’s server tells no stack of what fails in it', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const folder = mkdtempSync(path.join(tmpdir(), 'workbook-page-'));
  writeFileSync(path.join(folder, 'index.html'), '<head></head>');
  const lab = {
    gatekeeper: { token: 't', knowsHost: () => true, whyRefused: () => undefined },
    answer() {
      throw new Error(`at ${projectFolder}`);
    },
  } as unknown as LabServer;
  const { status, said, headers } = await ask(createPageServer(lab, folder), '/lab/catalogue');
  expect(status).toBe(500);
  expect(said).toBe('This could not be answered.\n');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  rmSync(folder, { recursive: true });
});
