/** Addresses at which there is nothing to ask, and a server that says where there is. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { AddressBook } from './address-book.ts';
import { auditServer, exitCodeOf, type AuditResult } from './audit-server.ts';
import { PoliteClient } from './polite-client.ts';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function serve(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
}

const audit = (url: URL): Promise<AuditResult> => auditServer({ url, limits: { pause: 0 } });

const passed = ({ items }: AuditResult) =>
  items.filter(({ state }) => state === 'pass').map(({ id }) => id);

test('a server that goes by another name is not judged, and the name is told', async () => {
  const url = await serve((request, response) => {
    const right = `localhost:${url.port}`;
    if (request.headers.host === right) response.writeHead(401).end();
    else response.writeHead(403).end(`Access is only allowed at ${right}`);
  });
  const result = await audit(url);
  expect(result.unreachable).toContain(`http://localhost:${url.port}/mcp`);
  expect(result.items.filter(({ state }) => state === 'fail')).toEqual([]);
  expect(passed(result)).toEqual([]);
  expect(exitCodeOf(result, 'low')).toBe(3);
});

test('a name that is refused as well is not told', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(403).end('Only localhost may ask.');
  });
  expect((await audit(url)).unreachable).toBeUndefined();
});

test('an endpoint of HTTP+SSE is known by its first event, and nothing passes', async () => {
  const url = await serve((request, response) => {
    if (request.method !== 'GET' || request.url !== '/mcp')
      return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    return void response.write('event: endpoint\ndata: /messages?sessionId=1\n\n');
  });
  const result = await audit(url);
  expect(result.unreachable).toContain('HTTP+SSE');
  expect(passed(result)).toEqual([]);
  expect(exitCodeOf(result, 'medium')).toBe(3);
});

test('a name below localhost is one of this machine, whatever DNS says', async () => {
  const asked: string[] = [];
  const book = new AddressBook(false, async (name) => {
    asked.push(name);
    return [{ address: '127.0.0.1', family: 4 }];
  });
  await expect(book.openTarget(new URL('http://weather.localhost:1/'))).resolves.toHaveLength(1);
  expect(asked).toEqual(['localhost']);
});

test('of a stream that does not end in time, what had come is read', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"jsonrpc":"2.0","id":1,"result":{}}\n\n');
  });
  const client = new PoliteClient(new AddressBook(false), { limits: { exchange: 200 } });
  const reply = await client.ask({ url });
  expect(reply).toMatchObject({ kind: 'reply', isCut: true, body: /"result"/ });
});
