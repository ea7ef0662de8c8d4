/**
 * What the tables “In SDK v1, in SDK v2” of the lessons say, found out by running both. A cell of a
 * table is what its observation returns, word by word.
 */
import { request } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { parseJson } from '../../shared/parse-json.ts';
import { SECRET, start, type Front, type Running, type Sdk, type Verdict } from './servers.ts';

type Observation = (sdk: Sdk) => Promise<string>;

const NEWER = '2026-07-28';
const OLDER = '2025-11-25';
const IN_AN_HOUR = 3600;
const MODERN_HEADERS = { 'mcp-protocol-version': NEWER, 'mcp-method': 'tools/call' };
const NOT_SPOKEN = '–';

/** By lesson, and by the first cell of its row. */
export const rows: Record<string, Record<string, Observation>> = {
  '05-access-tokens': {
    'the verifier throws another error than the SDK’s own, as jose does': (sdk) =>
      withToken(sdk, 'throws'),
    'the verifier tells no expiry': (sdk) => withToken(sdk, { audience: new URL('https://mcp') }),
    'the verifier tells no audience': (sdk) => withToken(sdk, { expiresAt: inAnHour() }),
  },
  '10-rate-limits': {
    'three calls in one array, 2025-11-25': (sdk) =>
      during(sdk, 'bare', async ({ url, seen }) => {
        const { status, code } = await post(url, [1, 2, 3].map(callEcho), older);
        return seen.calls.length === 3 ? 'all three run' : refused(status, code);
      }),
    'three calls in one array, 2026-07-28': (sdk) =>
      sdk === 'v1'
        ? notSpoken()
        : during(sdk, 'bare', async ({ url, seen }) => {
            const batch = [1, 2, 3].map((id) => modern(callEcho(id)));
            const { status, code } = await post(url, batch, MODERN_HEADERS);
            return seen.calls.length === 3 ? 'all three run' : refused(status, code);
          }),
  },
  '11-transport': {
    'a foreign Host': (sdk) => asked(sdk, 'bare', { host: 'evil.example' }),
    'a foreign Host, behind createMcpExpressApp': (sdk) =>
      asked(sdk, 'helped', { host: 'evil.example' }),
    'a foreign Origin': (sdk) => asked(sdk, 'bare', { origin: 'https://evil.example' }),
    'a foreign Origin, behind createMcpExpressApp': (sdk) =>
      asked(sdk, 'helped', { origin: 'https://evil.example' }),
    'a body of 200 kB, behind createMcpExpressApp': (sdk) =>
      asked(sdk, 'helped', {}, 'x'.repeat(200_000)),
  },
  '12-audit-log': {
    'arguments that the schema refuses': (sdk) =>
      during(sdk, 'bare', async ({ url, seen }) => {
        await post(url, call(1, 'echo', { text: 7 }), older);
        return seen.calls.length === 0 ? 'your handler is not asked' : 'your handler is asked';
      }),
    'a tool that is not there': (sdk) =>
      during(sdk, 'bare', async ({ url }) => {
        const { result, code } = await post(url, call(1, 'nowhere', {}), older);
        return result?.isError === true ? 'a result with isError' : `the error ${minus(code)}`;
      }),
  },
  '13-error-responses': {
    'a tool throws': (sdk) =>
      during(sdk, 'bare', async ({ url }) => {
        const { text } = await post(url, call(1, 'fail', {}), older);
        return text.includes(SECRET) ? 'its message reaches the client' : 'its message stays';
      }),
    'malformed JSON, behind createMcpExpressApp': (sdk) =>
      during(sdk, 'helped', async ({ url }) => {
        const { status, text } = await post(url, '{ "jsonrpc": ', older);
        return `${status}, ${/at .*node_modules/.test(text) ? 'a page with a stack' : 'no stack'}`;
      }),
  },
  '15-request-headers': {
    'a version header that nobody knows': (sdk) =>
      during(sdk, 'bare', async ({ url, seen }) => {
        const headers = { 'mcp-protocol-version': '2099-01-01', 'mcp-method': 'tools/call' };
        const { status, code } = await post(url, callEcho(1), headers);
        return seen.calls.length === 1 ? 'served' : refused(status, code);
      }),
    'a version in the body that nobody knows': (sdk) =>
      during(sdk, 'bare', async ({ url, seen }) => {
        const version = '2099-01-01';
        const headers = { ...MODERN_HEADERS, 'mcp-protocol-version': version, 'mcp-name': 'echo' };
        const { status, code } = await post(url, modern(callEcho(1), version), headers);
        return seen.calls.length === 1 ? 'served' : refused(status, code);
      }),
    'Mcp-Name names another tool than the body': (sdk) =>
      sdk === 'v1'
        ? during(sdk, 'bare', async ({ url, seen }) => {
            await post(url, callEcho(1), { ...older, 'mcp-name': 'fail' });
            return seen.calls.length === 1 ? 'not looked at' : 'refused';
          })
        : during(sdk, 'bare', async ({ url, seen }) => {
            const headers = { ...MODERN_HEADERS, 'mcp-name': 'fail' };
            const { status, code } = await post(url, modern(callEcho(1)), headers);
            return seen.calls.length === 1 ? 'not looked at' : refused(status, code);
          }),
  },
  '16-carried-state': {
    'a changed requestState comes back': (sdk) =>
      sdk === 'v1'
        ? notSpoken()
        : during(sdk, 'bare', async ({ url, seen }) => {
            const changed = { requestState: 'changed', inputResponses: {} };
            await post(url, modern(call(1, 'confirm', {}, changed)), {
              ...MODERN_HEADERS,
              'mcp-name': 'confirm',
            });
            return seen.calls.includes('changed') ? 'your handler gets it' : 'refused';
          }),
    'a tool asks a client that has not declared elicitation': (sdk) =>
      sdk === 'v1'
        ? notSpoken()
        : during(sdk, 'bare', async ({ url }) => {
            const headers = { ...MODERN_HEADERS, 'mcp-name': 'confirm' };
            const { status, code } = await post(url, modern(call(1, 'confirm', {})), headers);
            return refused(status, code);
          }),
  },
  '17-shared-answers': {
    'a list of tools says how long it is good, and for whom': (sdk) =>
      during(sdk, 'bare', async ({ url }) => {
        const list = { ...callEcho(1), method: 'tools/list' };
        const { result } =
          sdk === 'v1'
            ? await post(url, list, older)
            : await post(url, modern(list), { ...MODERN_HEADERS, 'mcp-method': 'tools/list' });
        const { ttlMs, cacheScope } = result ?? {};
        return ttlMs === undefined ? 'nothing' : `${ttlMs} and ${cacheScope}`;
      }),
  },
};

const older = { 'mcp-protocol-version': OLDER };
const inAnHour = (): number => Math.floor(Date.now() / 1000) + IN_AN_HOUR;
const notSpoken = (): Promise<string> => Promise.resolve(NOT_SPOKEN);
const minus = (code: number | undefined): string => String(code).replace('-', '−');
const refused = (status: number, code: number | undefined): string =>
  code === undefined ? String(status) : `${status} and ${minus(code)}`;

const call = (id: number, name: string, args: object, more: object = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args, ...more },
});
const callEcho = (id: number) => call(id, 'echo', { text: `call ${id}` });

const modern = (message: ReturnType<typeof call>, version = NEWER) => ({
  ...message,
  params: {
    ...message.params,
    _meta: {
      'io.modelcontextprotocol/protocolVersion': version,
      'io.modelcontextprotocol/clientInfo': { name: 'two-sdks', version: '1.0.0' },
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
});

const withToken = (sdk: Sdk, verdict: Verdict): Promise<string> =>
  during(
    sdk,
    'bare',
    async ({ url, seen }) => {
      const { status } = await post(url, callEcho(1), { ...older, authorization: 'Bearer any' });
      return seen.calls.length === 1 ? 'served' : String(status);
    },
    verdict,
  );

const asked = (
  sdk: Sdk,
  front: Front,
  headers: Record<string, string>,
  content = 'short',
): Promise<string> =>
  during(sdk, front, async ({ url, seen }) => {
    const { status } = await post(url, call(1, 'echo', { text: content }), {
      ...older,
      ...headers,
    });
    return seen.calls.length === 1 ? 'served' : String(status);
  });

async function during(
  sdk: Sdk,
  front: Front,
  look: (running: Running) => Promise<string>,
  verdict?: Verdict,
): Promise<string> {
  const running = await start(sdk, front, verdict);
  try {
    return await look(running);
  } finally {
    await running.close();
  }
}

interface Answer {
  status: number;
  text: string;
  result?: { isError?: boolean; ttlMs?: number; cacheScope?: string };
  /** Of a JSON-RPC error. */
  code?: number;
}

async function post(
  url: string,
  message: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const { status, text } = await send(url, headers, message);
  // Either kind of answer has one line of JSON in it, if it has any.
  const line = text.split('\n').find((one) => /^(?:data: )?\{/.test(one));
  const answer = parseJson(line?.replace(/^data: /, '') ?? '') as
    | { result?: NonNullable<Answer['result']>; error?: { code: number } }
    | undefined;
  return {
    status,
    text,
    ...(answer?.result && { result: answer.result }),
    ...(answer?.error && { code: answer.error.code }),
  };
}

/** `fetch` has a Host of its own. */
const send = (
  url: string,
  headers: Record<string, string>,
  message: unknown,
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      readText(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, text: body }),
        reject,
      );
    });
    outgoing.end(typeof message === 'string' ? message : JSON.stringify(message));
  });
