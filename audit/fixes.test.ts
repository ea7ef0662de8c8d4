/** The table of fixes is shown where it applies; that its rows are true, `test:audit` tries. */
import { expect, test } from 'vitest';
import { judge } from './audit-server.ts';
import { fixesOf, madeOf } from './fixes.ts';
import { error, reply, result, seenWith } from './seen-for-tests.ts';

test.each([
  ['Express', reply(200, '', { 'x-powered-by': 'Express' })],
  ['Express', reply(404, '<pre>Cannot GET /sse</pre>')],
  ['SDK v1', reply(400, { error: { message: 'Bad Request: Server not initialized' } })],
  ['SDK v2', reply(400, { error: { message: 'the request headers and body disagree: x' } })],
  ['Hono', reply(404, '404 Not Found')],
  ['fastmcp', error(400, -32_000, { reason: 'server_missing_modern_protocol_support' })],
  ['mcp-handler', result({ serverInfo: { name: 'mcp-typescript server on vercel' } })],
] as const)('%s is known by what it answers', (framework, answer) => {
  expect(madeOf(seenWith({ 'anonymous initialize': answer }))).toEqual([framework]);
});

test('better-auth is known by its issuer, and nothing by nothing', () => {
  const document = reply(200, { authorization_servers: ['https://login.example/api/auth'] });
  expect(madeOf(seenWith({ 'metadata at the path': document }))).toEqual(['better-auth']);
  expect(madeOf(seenWith({}))).toEqual([]);
});

test('where nothing is known of the server, something in front of it may help', () => {
  expect(fixesOf('no-sniffing', [])).toEqual([expect.stringMatching(/^With a proxy in front: /)]);
  expect(fixesOf('no-sniffing', ['Express', 'SDK v1'])).toEqual([
    expect.stringMatching(/^In Express: /),
  ]);
  expect(fixesOf('session-ends', ['Express'])).toEqual([]);
});

test('only what fails is told how to be mended', () => {
  const answer = result({ protocolVersion: '2025-11-25' }, { 'x-powered-by': 'Express' });
  const items = judge(seenWith({ 'anonymous initialize': answer, initialize: answer }));
  const told = items.filter(({ fixes }) => fixes !== undefined);
  expect(told.map(({ id }) => id)).toContain('software-unnamed');
  expect(told.every(({ state }) => state === 'fail')).toBe(true);
});
