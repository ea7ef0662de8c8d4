/**
 * Whatever is sent to `/mcp`, in either revision or in a mixture, the answer is the one that is
 * registered for it: never a stack, never a 500, never silence. `npm run test:matrix` sends two
 * thousand of each method and revision.
 *
 * @module-tag long
 */
import { Agent, request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGateway } from '../../lab/gateway.ts';
import { serveReference, type ServedReference } from '../../catalogue/serve-reference.ts';
import { REVISIONS, statelessMessage, toHeaderValue } from '../../lab/message-of.ts';
import type { Revision } from '../../exercises/weather-server/controls.ts';

const isWhole = process.env.WORKBOOK_MATRIX === 'whole';
const RUNS = { numRuns: isWhole ? 2000 : 150 };
const PAIRS = { numRuns: isWhole ? 5000 : 1000 };

/** JSON-RPC 2.0 §5.1; MCP 2026-07-28, Error Codes; −32000 is what the older SDK says of versions. */
const REGISTERED = [-32700, -32600, -32601, -32602, -32020, -32022, -32000];
const METHODS = [
  'initialize',
  'ping',
  'tools/list',
  'tools/call',
  'server/discover',
  'subscriptions/listen',
  'resources/read',
  'notifications/initialized',
  'no/such/method',
];

let reference: ServedReference;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
beforeAll(async () => {
  reference = await serveReference();
});
afterAll(async () => {
  agent.destroy();
  await reference.close();
});

let sent = 0;
let token = '';
/** A user of their own for every few requests, so that limits are not what answers. */
async function currentToken(): Promise<string> {
  if (sent++ % 40 === 0) token = await reference.token(`user-${sent}`);
  return token;
}

interface Answer {
  status: number;
  requestId: string;
  text: string;
}

/** Node's own client, because `fetch` tidies what it sends. */
async function post(headers: Record<string, string | string[]>, body: string): Promise<Answer> {
  const { hostname, port } = new URL(reference.config.resource);
  const authorization = `Bearer ${await currentToken()}`;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        hostname,
        port,
        method: 'POST',
        path: '/mcp',
        agent,
        headers: { 'content-type': 'application/json', authorization, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            requestId: String(response.headers['x-request-id']),
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    // As bytes: with a text, Node would write the head in UTF-8 as well.
    outgoing.end(Buffer.from(body));
  });
}

const executionsOf = (requestId: string) =>
  reference.world.tape
    .entries()
    .filter((entry) => entry.kind === 'tool' && entry.requestId === requestId);

/** What is there most of the time as it should be, and sometimes not. */
const mostly = (right: unknown) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(right) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, null, 0, -1, 1.5, '', 'x', [], {}, true) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );

const headerText = fc.oneof(
  fc.constantFrom(
    '2026-07-28',
    '2025-11-25',
    '2031-01-01',
    '2024-11-05',
    '',
    'x',
    'tools/call',
    'get_weather',
    '=?base64?Z2V0X3dlYXRoZXI=?=',
    '=?base64?%%?=',
  ),
  fc.stringMatching(/^[\x20-\x7e]{0,30}$/),
);
const headerChange = fc.record(
  {
    name: fc.constantFrom('mcp-protocol-version', 'mcp-method', 'mcp-name', 'mcp-param-report'),
    value: fc.option(fc.oneof(headerText, fc.array(headerText, { minLength: 2, maxLength: 3 })), {
      nil: undefined,
    }),
  },
  { requiredKeys: ['name', 'value'] },
);
const VERSION = 'io.modelcontextprotocol/protocolVersion';

const requestOf = (method: string, revision: Revision) => {
  const params = {
    name: 'get_weather',
    arguments: { city: 'Paris', units: 'metric' },
    uri: 'file:///x',
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'x', version: '1' },
  };
  const form = statelessMessage(method, params);
  const isNew = revision === '2026-07-28';
  const meta = isNew ? (form.body.params._meta as object) : undefined;
  const id = method.startsWith('notifications/') ? undefined : 1;
  return fc.record({
    headers: fc.tuple(
      fc.constant(
        isNew
          ? form.headers
          : { accept: form.headers.accept, 'mcp-protocol-version': '2025-11-25' },
      ),
      fc.oneof(
        { weight: 2, arbitrary: fc.array(headerChange, { maxLength: 0 }) },
        { weight: 1, arbitrary: fc.array(headerChange, { maxLength: 2 }) },
      ),
    ),
    message: fc.record({
      jsonrpc: mostly('2.0'),
      id: mostly(id),
      method: fc.constant(method),
      params: fc.oneof(
        {
          weight: 4,
          arbitrary: fc.record({
            ...Object.fromEntries(
              Object.entries(params).map(([key, value]) => [key, mostly(value)]),
            ),
            _meta: fc.oneof(
              { weight: 4, arbitrary: fc.constant(meta) },
              { weight: 1, arbitrary: mostly({ ...meta, [VERSION]: '2025-11-25' }) },
              { weight: 1, arbitrary: mostly({ [VERSION]: '2026-07-28' }) },
            ),
          }),
        },
        { weight: 1, arbitrary: mostly(undefined) },
      ),
    }),
    shape: fc.oneof(
      { weight: 8, arbitrary: fc.constant('one') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('twice in an array', 'cut', 'members twice', 'oversized'),
      },
    ),
  });
};

function textOf(message: object, shape: string): string {
  const text = JSON.stringify(message);
  if (shape === 'cut') return text.slice(0, -3);
  if (shape === 'twice in an array') return `[${text},${text}]`;
  if (shape === 'members twice') return `{"id":9,"method":"ping",${text.slice(1)}`;
  return shape === 'oversized' ? `${text}${' '.repeat(1024 * 1024)}` : text;
}

function withChanges(
  headers: Record<string, string | undefined>,
  changes: { name: string; value: string | string[] | undefined }[],
): Record<string, string | string[]> {
  const all = {
    ...headers,
    ...Object.fromEntries(changes.map(({ name, value }) => [name, value])),
  };
  const kept = Object.entries(all).filter(
    (entry): entry is [string, string | string[]] => entry[1] !== undefined,
  );
  return Object.fromEntries(kept);
}

describe.each(REVISIONS)('in %s', (revision) => {
  test.each(METHODS)('%s has the registered answer, however it is formed', async (method) => {
    await fc.assert(
      fc.asyncProperty(requestOf(method, revision), async ({ headers, message, shape }) => {
        const answer = await post(withChanges(...headers), textOf(message, shape));
        expect([200, 202, 400, 404, 406, 413]).toContain(answer.status);
        expect(answer.text).not.toMatch(/node_modules|\bat .+:\d+:\d+|invalid_type|file:\/\//);
        if (answer.status === 202) expect(answer.text).toBe('');
        // What is no JSON, or too long, is answered by topic 13, not by MCP.
        if (answer.status === 202 || shape === 'cut' || shape === 'oversized') return;
        const { error, result } = JSON.parse(answer.text) as {
          error?: { code: number | string };
          result?: unknown;
        };
        if (answer.status === 404) expect(error?.code).toBe(-32601);
        if (answer.status === 400 && typeof error?.code === 'string') return;
        if (error) expect(REGISTERED).toContain(error.code);
        else expect(result).toBeDefined();
      }),
      RUNS,
    );
  });
});

const NAMES = ['get_weather', 'read_report', 'delete_alert', 'Get_Weather', 'ping_station'];
const REPORTS = [
  '2026-03-paris.txt',
  '2026-03-Paris.txt',
  ' 2026-03-paris.txt',
  '=?base64?MjAyNi0wMy1wYXJpcy50eHQ=?=',
  'résumé.txt',
  're\u0301sume\u0301.txt',
  'rÃ©sumÃ©.txt',
];
const ALERTS: unknown[] = [1, 2, 10, 9007199254740992, '1'];

const argumentsOf = fc.record(
  {
    name: fc.constantFrom(...REPORTS),
    id: fc.constantFrom(...ALERTS),
    city: fc.constant('Paris'),
    units: fc.constant('metric'),
    host: fc.constant('paris-1.stations.example'),
  },
  { requiredKeys: ['city', 'units', 'host'] },
);

/** A value as it may stand in a header, rightly and wrongly. */
const spelling = (text: string) =>
  fc.constantFrom(
    toHeaderValue(text),
    text,
    text.toUpperCase(),
    `${text}.0`,
    `0${text}`,
    `${text}x`,
    `=?base64?${Buffer.from(text).toString('base64')}?=`,
    `=?BASE64?${Buffer.from(text).toString('base64')}?=`,
    `=?base64?${Buffer.from(text).toString('base64').replaceAll('=', '')}?=`,
    `=?base64?${Buffer.from(` ${text}`).toString('base64')}?=`,
  );
const isHeaderText = (text: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(text);

const spelled = (values: unknown[]) =>
  fc
    .oneof(
      fc.constantFrom(...values).chain((value) => spelling(String(value))),
      headerText,
    )
    .filter(isHeaderText);
const oneOrMore = (value: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 6, arbitrary: value.map((one) => [one]) },
    { weight: 1, arbitrary: fc.tuple(value, value).map((two) => [...two]) },
    { weight: 1, arbitrary: fc.constant<string[]>([]) },
  );

const pair = fc.record({
  name: fc.constantFrom(...NAMES),
  args: argumentsOf,
  claims: fc.constantFrom('2026-07-28', '2026-07-28', '2025-11-25', undefined),
  nameTwice: fc.option(fc.constantFrom(...NAMES), { freq: 6 }),
  headers: fc.record({
    'mcp-protocol-version': oneOrMore(
      fc.constantFrom('2026-07-28', '2026-07-28', '2026-07-28', '2025-11-25', '2031-01-01'),
    ),
    'mcp-method': oneOrMore(
      fc.constantFrom('tools/call', 'tools/call', 'tools/list', 'Tools/Call'),
    ),
    'mcp-name': oneOrMore(spelled(NAMES)),
    'mcp-param-report': oneOrMore(spelled(REPORTS)),
    'mcp-param-alert': oneOrMore(spelled(ALERTS)),
  }),
  /** Most pairs should fit, or nothing would ever run. */
  fits: fc.constantFrom('all', 'all', 'name', 'nothing'),
  ofSeveral: fc.constantFrom<'first' | 'last'>('first', 'last'),
  bytes: fc.constantFrom<'latin-1' | 'utf-8'>('latin-1', 'utf-8'),
});

test('no call of which a gateway thinks something else reaches a tool', async () => {
  let ran = 0;
  await fc.assert(
    fc.asyncProperty(pair, async ({ name, args, claims, nameTwice, headers, fits, ...policy }) => {
      const honest = statelessMessage('tools/call', { name, arguments: args });
      const said: Record<string, string[]> = { ...headers };
      const fitting = fits === 'all' ? Object.keys(honest.headers) : [];
      if (fits === 'name') fitting.push('mcp-method', 'mcp-name', 'mcp-protocol-version');
      for (const header of fitting) said[header] = [honest.headers[header] ?? ''];
      const sentHeaders = Object.entries(said).flatMap(([header, values]) =>
        values.map((value): [string, string] => [header, value]),
      );
      const gateway = askGateway({ missing: 'passes', ...policy }, sentHeaders);
      const { _meta, ...params } = honest.body.params;
      const meta = { ...(_meta as object), [VERSION]: claims };
      const body = JSON.stringify({
        ...honest.body,
        params: { ...params, ...(claims === undefined ? {} : { _meta: meta }) },
      });
      const text =
        nameTwice === null ? body : body.replace('"name":', `"name":"${nameTwice}","name":`);
      const { requestId } = await post({ accept: honest.headers.accept ?? '', ...said }, text);
      const executions = executionsOf(requestId);
      ran += executions.length;
      if (!gateway.passes) return;
      const { method, name: thought, parameters } = gateway.believed;
      for (const { tool, arguments: used } of executions as {
        tool: string;
        arguments: Record<string, unknown>;
      }[]) {
        expect({ method, thought }).toEqual({ method: 'tools/call', thought: tool });
        if (tool === 'read_report') expect(parameters['mcp-param-report']).toBe(used.name);
        if (tool === 'delete_alert') expect(Number(parameters['mcp-param-alert'])).toBe(used.id);
      }
    }),
    PAIRS,
  );
  expect(ran).toBeGreaterThan(PAIRS.numRuns / 20);
});
