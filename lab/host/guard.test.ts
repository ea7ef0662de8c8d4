import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guard } from './guard.ts';

const TOKEN = 'the-token-of-this-run';
let server: Server;

beforeAll(async () => {
  server = createServer(
    guard(
      TOKEN,
      (lab, request, response) => {
        response.end(JSON.stringify({ lab, headers: request.headers, raw: request.rawHeaders }));
      },
      (ticket) => (ticket === 'the-ticket' ? 'its-own-server' : undefined),
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

function ask(headers: Record<string, string>): Promise<{ status: number; text: string }> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    httpRequest({ port, host: '127.0.0.1', headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
}

test.each([
  ['without the token', {}],
  ['with a wrong token', { 'x-lab-token': 'the-token-of-that-run' }],
  [
    'with an origin, as browsers send it',
    { 'x-lab-token': TOKEN, origin: 'http://127.0.0.1:5173' },
  ],
  ['with a ticket nobody was given', { 'x-lab-ticket': 'another' }],
  ['with a ticket, from a browser', { 'x-lab-ticket': 'the-ticket', origin: 'null' }],
  ['with fetch metadata', { 'x-lab-token': TOKEN, 'sec-fetch-site': 'none' }],
])('refuses a request %s', async (_what, headers) => {
  expect((await ask(headers)).status).toBe(403);
});

test('puts Host, Origin and X-Forwarded-For in place, and takes its own headers away', async () => {
  const { status, text } = await ask({
    'x-lab-token': TOKEN,
    'x-lab-instance': 'i',
    'x-lab-request': 'r',
    'x-lab-host': 'evil.example',
    'x-lab-origin': 'https://evil.example',
    'x-lab-xff': '203.0.113.9',
  });
  expect(status).toBe(200);
  const { lab, headers, raw } = JSON.parse(text) as {
    lab: object;
    headers: Record<string, string>;
    raw: string[];
  };
  expect(lab).toEqual({ instance: 'i', requestId: 'r' });
  expect(headers).toMatchObject({
    host: 'evil.example',
    origin: 'https://evil.example',
    'x-forwarded-for': '203.0.113.9',
  });
  expect(text).not.toContain('x-lab-');
  expect(text).not.toContain(TOKEN);
  expect(raw.filter((name) => name.toLowerCase() === 'host')).toHaveLength(1);
});

test('lets a ticket through to its own server, and to no other', async () => {
  const { status, text } = await ask({
    'x-lab-ticket': 'the-ticket',
    'x-lab-instance': 'another-server',
    'x-lab-origin': 'https://evil.example',
  });
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({
    lab: { instance: 'its-own-server' },
    headers: { origin: 'https://evil.example' },
  });
  expect(text).not.toContain('the-ticket');
});
