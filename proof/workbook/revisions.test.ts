/** One URL serves 2025-11-25 and 2026-07-28, by the same controls. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  auditLinesOf,
  serveReference,
  type ServedReference,
} from '../../catalogue/serve-reference.ts';
import { messageOf, statelessMessage, type SentForm } from '../../lab/message-of.ts';

let reference: ServedReference;
let token: string;
beforeAll(async () => {
  reference = await serveReference();
  token = await reference.token('alice');
});
afterAll(() => reference.close());

const PARIS = { city: 'Paris', units: 'metric' };
const VERSION = 'io.modelcontextprotocol/protocolVersion';
const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';

interface Answer {
  status: number;
  headers: Headers;
  body: {
    id?: unknown;
    result?: Record<string, unknown>;
    error?: { code: number; data?: Record<string, unknown> };
  };
}

async function post(
  { headers, body }: { headers: Record<string, string>; body: unknown },
  as = token,
): Promise<Answer> {
  const response = await fetch(reference.config.resource, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${as}`, ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const { status, headers: received } = response;
  return {
    status,
    headers: received,
    body: text === '' ? {} : (JSON.parse(text) as Answer['body']),
  };
}

/** A message whose `_meta` or headers are not as they should be. */
function changed(
  sent: SentForm,
  { meta = {}, headers = {} }: { meta?: object; headers?: Record<string, string | undefined> },
): { headers: Record<string, string>; body: unknown } {
  const { _meta, ...params } = sent.body.params;
  const kept = Object.entries({ ...sent.headers, ...headers }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    headers: Object.fromEntries(kept),
    body: { ...sent.body, params: { ...params, _meta: { ...(_meta as object), ...meta } } },
  };
}

interface ListedTool {
  name: string;
  inputSchema: { properties: object };
}
const toolsIn = ({ result }: Answer['body']): ListedTool[] => (result?.tools ?? []) as ListedTool[];

const call = (name = 'get_weather', args: unknown = PARIS): SentForm =>
  statelessMessage('tools/call', { name, arguments: args }, 7);

describe('in 2026-07-28', () => {
  test('says what it speaks, and who it is', async () => {
    const { status, body } = await post(statelessMessage('server/discover', {}, 'first'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 'first',
      result: {
        resultType: 'complete',
        supportedVersions: ['2026-07-28'],
        capabilities: { tools: {} },
        _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'weather' } },
      },
    });
  });

  test('lists tools for whoever asks, to be kept for nobody else', async () => {
    const reader = await reference.token('bob', 'weather:read');
    const names = async (as: string): Promise<unknown[]> => {
      const { body } = await post(statelessMessage('tools/list', {}), as);
      expect(body.result).toMatchObject({ ttlMs: 0, cacheScope: 'private' });
      return toolsIn(body).map(({ name }) => name);
    };
    expect(await names(reader)).not.toContain('save_alert');
    expect(await names(token)).toContain('save_alert');
  });

  test('tells clients which arguments they repeat in headers', async () => {
    const { body } = await post(statelessMessage('tools/list', {}));
    const tools = toolsIn(body);
    const marked = tools.flatMap(({ name, inputSchema }) =>
      JSON.stringify(inputSchema.properties).includes('x-mcp-header') ? [name] : [],
    );
    expect(marked).toEqual(['read_report', 'delete_alert']);
  });

  test('runs a call, limits it, and logs it', async () => {
    const { status, headers, body } = await post(call());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 7,
      result: { resultType: 'complete', structuredContent: { city: 'Paris' } },
    });
    const requestId = headers.get('x-request-id') ?? '';
    expect(await auditLinesOf(reference, requestId)).toHaveLength(1);
    const kinds = reference.world.tape
      .entries()
      .filter((entry) => entry.requestId === requestId)
      .map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['token', 'limit', 'tool']));
  });

  test('answers a call without its scope with 403 and a challenge', async () => {
    const reader = await reference.token('bob', 'weather:read');
    const answer = await post(call('save_alert', { city: 'Paris', text: 'x' }), reader);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
    expect(answer.body.result?.isError).toBe(true);
  });

  test('has one budget for a user, whatever the revision', async () => {
    const carol = await reference.token('carol');
    const old = messageOf('2025-11-25', 'tools/call', { name: 'get_weather', arguments: PARIS }, 1);
    let ran = 0;
    for (let turn = 0; turn < 70; turn++) {
      const { body } = await post(turn % 2 === 0 ? call() : old, carol);
      if (body.result?.isError !== true) ran++;
    }
    expect(ran).toBe(60);
  });

  test.each(['ping', 'initialize', 'resources/list', 'subscriptions/listen', 'nonsense'])(
    'does not know %s: 404',
    async (method) => {
      const { status, body } = await post(statelessMessage(method, {}));
      expect(status).toBe(404);
      expect(body).toMatchObject({ id: 1, error: { code: -32601 } });
    },
  );

  test.each(['GET', 'DELETE'])('has nothing for %s: 405', async (method) => {
    const headers = { authorization: `Bearer ${token}`, 'mcp-protocol-version': '2026-07-28' };
    const { status } = await fetch(reference.config.resource, { method, headers });
    expect(status).toBe(405);
  });

  test('names what it speaks to whoever wants another version', async () => {
    const { status, body } = await post(
      changed(call(), {
        meta: { [VERSION]: '2031-01-01' },
        headers: { 'mcp-protocol-version': '2031-01-01' },
      }),
    );
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      code: -32022,
      data: {
        requested: '2031-01-01',
        supported: expect.arrayContaining(['2026-07-28', '2025-11-25']),
      },
    });
  });

  const executions = () =>
    reference.world.tape.entries().filter(({ kind }) => kind === 'tool').length;

  test.each<[string, string, Record<string, string | undefined>]>([
    ['another tool in Mcp-Name', 'Mcp-Name', { 'mcp-name': 'get_forecast' }],
    ['no Mcp-Name', 'Mcp-Name', { 'mcp-name': undefined }],
    ['another method in Mcp-Method', 'Mcp-Method', { 'mcp-method': 'tools/list' }],
    ['no Mcp-Method', 'Mcp-Method', { 'mcp-method': undefined }],
    ['an older version', 'MCP-Protocol-Version', { 'mcp-protocol-version': '2025-11-25' }],
    ['no version', 'MCP-Protocol-Version', { 'mcp-protocol-version': undefined }],
  ])('refuses %s with −32020, runs nothing, counts and logs it', async (_what, header, headers) => {
    const before = executions();
    const answer = await post(changed(call(), { headers }));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ id: 7, error: { code: -32020, data: { header } } });
    expect(executions()).toBe(before);
    const requestId = answer.headers.get('x-request-id') ?? '';
    expect(await auditLinesOf(reference, requestId)).toHaveLength(1);
    const counted = reference.world.tape
      .entries()
      .some((entry) => entry.kind === 'limit' && entry.requestId === requestId);
    expect(counted).toBe(true);
  });

  test.each<[string, { meta?: object; headers?: Record<string, string | undefined> }]>([
    ['no capabilities', { meta: { [CAPABILITIES]: undefined } }],
    ['capabilities that are none', { meta: { [CAPABILITIES]: 'all' } }],
    ['no version in the body', { meta: { [VERSION]: undefined } }],
    ['a number for a version', { meta: { [VERSION]: 5 } }],
    ['a client without a name', { meta: { 'io.modelcontextprotocol/clientInfo': {} } }],
  ])('refuses %s with −32602', async (_what, change) => {
    const before = executions();
    const { status, body } = await post(changed(call(), change));
    expect(status).toBe(400);
    expect(body).toMatchObject({ id: 7, error: { code: -32602 } });
    expect(executions()).toBe(before);
  });

  test('refuses parameters that do not fit, in words of its own', async () => {
    const { body } = await post(statelessMessage('tools/list', { cursor: 5 }));
    expect(body).toMatchObject({ id: 1, error: { code: -32602 } });
    expect(JSON.stringify(body)).not.toMatch(/invalid_type|expected/);
  });

  test('takes a notification, and runs none that looks like a call', async () => {
    const before = executions();
    const { headers, body } = call();
    const { id: _, ...notification } = body;
    const answer = await post({ headers, body: notification });
    expect(answer.status).toBe(202);
    expect(executions()).toBe(before);
  });

  test('sends no entity tag', async () => {
    expect((await post(call())).headers.get('etag')).toBeNull();
  });
});

test('in 2025-11-25 clients are served as before', async () => {
  const headers = { accept: 'application/json, text/event-stream' };
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'old', version: '1' },
  };
  const hello = await post({
    headers,
    body: { jsonrpc: '2.0', id: 0, method: 'initialize', params },
  });
  expect(hello.body.result).toMatchObject({ protocolVersion: '2025-11-25' });
  const ping = await post({ headers, body: { jsonrpc: '2.0', id: 1, method: 'ping' } });
  expect(ping).toMatchObject({ status: 200, body: { result: {} } });
  const ran = await post(
    messageOf('2025-11-25', 'tools/call', { name: 'get_weather', arguments: PARIS }, 2),
  );
  expect(ran.body.result).toMatchObject({ structuredContent: { city: 'Paris' } });
  expect(ran.body.result).not.toHaveProperty('resultType');
});
