/**
 * Servers that are no help: the audit ends in good time, fails nobody for nothing, and exits right.
 *
 * @module-tag long
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { AddressRefused } from './address-book.ts';
import { auditServer, exitCodeOf, type AuditResult, type JudgedItem } from './audit-server.ts';
import { serveMade } from './made-server/made-server.ts';
import { MADE_TOKEN } from './made-server/made.ts';
import { writeHtml } from './reports/write-html.ts';
import { writeSarif } from './reports/write-sarif.ts';
import { writeText } from './reports/write-text.ts';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function serve(answer: RequestListener): Promise<URL> {
  const server: Server = createServer(answer);
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
}

const audit = (url: URL, token?: string, exchange = 150): Promise<AuditResult> =>
  auditServer({ url, token, limits: { pause: 0, exchange } });

const idsOf = ({ items }: AuditResult, state: JudgedItem['state']): string[] =>
  items.filter((item) => item.state === state).map(({ id }) => id);

const html: RequestListener = (_request, response) =>
  void response.setHeader('content-type', 'text/html').end('<h1>Welcome</h1>');
const json: RequestListener = (_request, response) =>
  void response.setHeader('content-type', 'application/json').end('{"hello": "world"}');
const long: RequestListener = (_request, response) =>
  void response.end(Buffer.alloc(50 * 1024 * 1024, 'a'));

test.each<[string, RequestListener, string[], number]>([
  ['hangs', () => undefined, [], 3],
  ['hangs up', (request) => void request.socket.destroy(), [], 3],
  [
    'redirects in a circle',
    (_request, response) => void response.writeHead(307, { location: '/mcp' }).end(),
    [],
    3,
  ],
  ['is a web site', html, ['speaks-mcp'], 1],
  ['answers other JSON', json, ['speaks-mcp'], 1],
  ['answers with 50 MB', long, ['speaks-mcp'], 1],
  ['is not there', (_request, response) => void response.writeHead(502).end(), [], 3],
  ['is too busy', (_request, response) => void response.writeHead(429).end(), ['limit-named'], 3],
])('a server that %s', async (what, answer, failing, code) => {
  // Megabytes take their time on a busy machine; silence need not be waited for as long.
  const patience = what === 'answers with 50 MB' ? 5_000 : 150;
  const result = await audit(await serve(answer), undefined, patience);
  expect(idsOf(result, 'fail')).toEqual(failing);
  expect(idsOf(result, 'pass').filter((id) => id === 'speaks-mcp')).toEqual([]);
  expect(exitCodeOf(result, 'medium')).toBe(code);
});

test('members of another type than expected, or nested without end, are no trouble', async () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const url = await serve((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url?.startsWith('/.well-known')) {
      const members = ['resource', 'issuer', 'authorization_servers', 'scopes_supported'];
      response.end(`{${members.map((member) => `"${member}": ${deep}`).join(', ')}}`);
      return;
    }
    response.setHeader('www-authenticate', 'Bearer scope=",=", ,,resource_metadata');
    const member = `"protocolVersion": ${deep}, "supportedVersions": ${deep}, "tools": ${deep}`;
    const error = `{"code": ${deep}, "data": ${deep}}`;
    response.end(`{"jsonrpc": "2.0", "id": ${deep}, "result": {${member}}, "error": ${error}}`);
  });
  const result = await audit(url, MADE_TOKEN);
  expect(idsOf(result, 'pass')).not.toContain('speaks-mcp');
  for (const text of [writeText(result), writeHtml(result), writeSarif(result)]) {
    expect(text).not.toContain('[[[');
  }
});

test('nobody listens', async () => {
  const url = await serve(html);
  closing.splice(0).forEach((close) => close());
  const result = await audit(url);
  expect(result.unreachable).toMatch(/no answer/);
  expect(exitCodeOf(result, 'medium')).toBe(3);
});

test('an address elsewhere is not asked, whoever names it', async () => {
  await expect(audit(new URL('http://192.0.2.1/mcp'))).rejects.toThrow(AddressRefused);
  const url = await serve((_request, response) => {
    const challenge = 'Bearer resource_metadata="http://169.254.169.254/latest/meta-data"';
    response.writeHead(401, { 'www-authenticate': challenge }).end();
  });
  const { items } = await audit(url);
  const item = items.find(({ id }) => id === 'challenge-leads-to-metadata');
  expect(item).toMatchObject({ state: 'cannot-tell', evidence: /never asked/ });
});

test('nothing that a server sends acts on a terminal or a page, or grows without limit', async () => {
  const hostile = '\u001B]0;owned\u0007<img src=x onerror=alert(1)>\u202E'.repeat(200);
  const url = await serve((request, response) => {
    const { port } = request.socket.address() as AddressInfo;
    const here = `http://127.0.0.1:${port}`;
    response.setHeader('content-type', 'application/json');
    if (request.url?.startsWith('/.well-known')) {
      const servers = [here, hostile];
      return void response.end(
        JSON.stringify({
          resource: hostile,
          authorization_servers: servers,
          issuer: hostile,
          response_types_supported: [hostile, 'token'],
        }),
      );
    }
    const challenge = `Bearer scope="\u009Bhostile ${'x'.repeat(4000)}"`;
    return void response.writeHead(401, { 'www-authenticate': challenge }).end();
  });
  const result = await audit(url);
  const texts = [writeText(result), writeHtml(result), writeSarif(result)];
  for (const text of texts) {
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
    expect(text.length).toBeLessThan(120_000);
  }
  expect(texts[1]).not.toContain('<img');
  for (const { evidence } of result.items) expect(evidence.length).toBeLessThan(600);
  expect(idsOf(result, 'fail')).toContain('resource-identical');
});

test('a server that repeats the token does not get it into a report', async () => {
  const url = await serve((request, response) => {
    const { authorization = '' } = request.headers;
    const body = { jsonrpc: '2.0', id: 1, error: { code: 1, message: authorization } };
    response
      .writeHead(authorization === '' ? 401 : 403, {
        'content-type': `text/${authorization}`,
        'www-authenticate': `Bearer scope="${authorization || 'read'}", error="${authorization}"`,
      })
      .end(JSON.stringify({ ...body, trace: `at x (/srv/${authorization}.ts:1:1)` }));
  });
  const result = await audit(url, MADE_TOKEN);
  const shown = [JSON.stringify(result), writeText(result), writeHtml(result), writeSarif(result)];
  for (const text of shown) {
    for (const part of MADE_TOKEN.split('.')) expect(text).not.toContain(part);
  }
  expect(shown[0]).toContain('[token]');
});

test('over a connection with a bad certificate the token is not sent', async () => {
  const server = await serveMade({ isTls: true });
  closing.push(() => server.close());
  const { url, resolve, requests } = server;
  const result = await auditServer({ url, resolve, token: MADE_TOKEN, limits: { pause: 0 } });
  expect(idsOf(result, 'fail')).toEqual(['certificate-valid']);
  expect(result.token).toBe('withheld');
  expect(requests.length).toBeGreaterThan(10);
  const sent = requests.map(({ headers, url: path }) => `${headers.authorization} ${path}`);
  expect(sent.join('\n')).not.toContain(MADE_TOKEN);
});
