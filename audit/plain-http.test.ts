/** Whether plain http is spoken beside TLS: what is asked, and what each answer says. */
import { createServer, type RequestListener } from 'node:http';
import { createServer as createFront, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { AddressBook } from './address-book.ts';
import { auditServer, judge, type JudgedItem } from './audit-server.ts';
import { serveMade } from './made-server/made-server.ts';
import { MADE_TOKEN } from './made-server/made.ts';
import { besideTls } from './near-names.ts';
import { PoliteClient, type Silence } from './polite-client.ts';
import { error, reply, result, seenWith } from './seen-for-tests.ts';
import type { Answer, Probe, Seen } from './seen.ts';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function listen(server: Server): Promise<URL> {
  closing.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
}

const serve = (answer: RequestListener): Promise<URL> => listen(createServer(answer));

const ask = (url: URL): Promise<Answer> =>
  new PoliteClient(new AddressBook(false), { limits: { pause: 0, exchange: 300 } }).ask({ url });

const itemIn = (items: JudgedItem[]): JudgedItem | undefined =>
  items.find(({ id }) => id === 'no-plain-http');

const judged = (
  answers: Partial<Record<Probe, Answer>>,
  more: Partial<Omit<Seen, 'answers'>> = {},
): JudgedItem['state'] | undefined => itemIn(judge(seenWith(answers, more)))?.state;

const shook = result({ protocolVersion: '2025-11-25' });
const OPEN = { 'anonymous initialize': shook, initialize: shook } as const;
const GUARDED = { 'anonymous initialize': reply(401) } as const;
const noHttp: Silence = { kind: 'silence', why: 'There was no answer.', isNoHttp: true };

test.each([
  ['https://weather.example/mcp', 'http://weather.example/mcp'],
  ['https://weather.example:443/mcp', 'http://weather.example/mcp'],
  ['https://weather.example:8443/mcp?a=b', 'http://weather.example:8443/mcp?a=b'],
  ['https://[::1]/mcp', 'http://[::1]/mcp'],
])('beside %s it is %s', (over, plain) => {
  expect(besideTls(new URL(over)).href).toBe(plain);
});

test('without TLS there is nothing to be beside, and silence of ours is no silence of the server', () => {
  expect(judged(OPEN, { url: new URL('http://127.0.0.1:1/mcp') })).toBe('not-applicable');
  expect(judged(OPEN)).toBe('cannot-tell');
  expect(judged({ ...OPEN, 'plain http': noHttp })).toBe('pass');
});

test.each<[string, Answer, JudgedItem['state']]>([
  ['a result', result({ protocolVersion: '2025-11-25' }), 'fail'],
  ['a way to https', reply(308, '', { location: 'https://weather.example/mcp' }), 'pass'],
  ['a way to plain http', reply(302, '', { location: 'http://weather.example/' }), 'cannot-tell'],
  ['a refusal of MCP', error(403, -32_000), 'pass'],
  ['what nginx says at a port of TLS', reply(400, '<h1>400</h1>'), 'pass'],
  ['a demand for TLS', reply(426), 'pass'],
  ['a page of its own', reply(200, '<h1>Welcome</h1>'), 'pass'],
  ['that it is broken', reply(500), 'cannot-tell'],
  ['that it is too much', reply(429), 'cannot-tell'],
])('an open server that answers plain http with %s', (_what, answer, state) => {
  expect(judged({ ...OPEN, 'plain http': answer })).toBe(state);
});

test('a 401 asks for a token on the way, where that over TLS does as well', () => {
  expect(judged({ ...GUARDED, 'plain http': reply(401) })).toBe('fail');
  expect(judged({ ...OPEN, 'plain http': reply(401) })).toBe('pass');
});

test('who is not there, and who speaks otherwise, is told from who only takes long', async () => {
  const gone = await serve(() => undefined);
  closing.splice(0).forEach((close) => close());
  expect(await ask(gone)).toMatchObject({ isNoHttp: true });
  const hangsUp = await serve((request) => void request.socket.destroy());
  expect(await ask(hangsUp)).toMatchObject({ isNoHttp: true, isEnded: true });
  const other = await listen(
    createFront((socket) => void socket.end('220 mail.example ESMTP\r\n')),
  );
  expect(await ask(other)).toMatchObject({ isNoHttp: true });
  const slow = await serve(() => undefined);
  expect(await ask(slow)).not.toHaveProperty('isNoHttp');
});

test.each([
  ['guarded, in both', ['no-plain-http'], 'fail'],
  ['over TLS only', [], 'pass'],
])('a server that is %s', async (_what, flaws, state) => {
  const server = await serveMade({ era: 'both', flaws, isTls: true });
  closing.push(() => server.close());
  const { url, ca, resolve, requests } = server;
  const { items } = await auditServer({
    url,
    ca,
    resolve,
    token: MADE_TOKEN,
    headers: { 'x-api-key': 'a-secret-of-the-test' },
    limits: { pause: 0 },
  });
  expect(itemIn(items)?.state).toBe(state);
  const plain = requests.filter(({ socket }) => !('encrypted' in socket));
  expect(plain.length).toBe(flaws.length);
  for (const { headers } of plain) {
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('x-api-key');
  }
});
