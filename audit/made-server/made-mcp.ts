import { randomBytes } from 'node:crypto';
import { madeTools } from './made-tools.ts';
import {
  eraOf,
  MADE_BAD_TOKEN,
  MADE_TOKEN,
  MADE_TOKEN_2,
  refuse,
  type Asked,
  type Made,
  type Sent,
} from './made.ts';

const MODERN = '2026-07-28';
const LEGACY = '2025-11-25';
const SESSION = '0123456789abcdef0123456789abcdef';
const META = 'io.modelcontextprotocol/protocolVersion';
const STACK = 'SyntaxError\n    at parse (/srv/weather/server.js:12:7)';

/** As a server of the first revision begins. */
const OLD_DOOR: Sent = {
  status: 200,
  body: 'event: endpoint\ndata: /messages\n\n',
  headers: { 'content-type': 'text/event-stream' },
};

/** Origin, method, body and token, and then the message. */
export function answerMcp(asked: Asked): Sent | undefined {
  const { request, url, made } = asked;
  const { flaws } = made;
  if (url.pathname === '/sse' && flaws.has('old-door-guarded')) return OLD_DOOR;
  if (url.pathname !== '/mcp') return undefined;
  if (flaws.has('speaks-mcp')) {
    return { status: 200, body: '<h1>It works!</h1>', headers: { 'content-type': 'text/html' } };
  }
  const { origin } = request.headers;
  const isReflecting = flaws.has('cors-known-readers') || flaws.has('cors-no-credentials');
  const readers: Record<string, string> = isReflecting
    ? {
        'access-control-allow-origin': origin ?? '*',
        ...(flaws.has('cors-no-credentials') ? { 'access-control-allow-credentials': 'true' } : {}),
      }
    : {};
  if (origin !== undefined && !flaws.has('origin-validated')) {
    return refuse(403, 'Pages of this origin may not call.', readers);
  }
  if (request.method !== 'POST') return answerOtherMethods(asked, readers);
  if (isTooLong(asked)) {
    return flaws.has('limit-named') ? refuse(429, 'Too much.') : refuse(413, 'Too long.');
  }
  const isJson = request.headers['content-type'] === 'application/json';
  if (!isJson && !flaws.has('json-only')) return refuse(415, 'Send application/json.');
  return whyNobody(asked) ?? answerBody(asked);
}

/** By what the client says; this one says it. */
export const isTooLong = ({ request, made }: Pick<Asked, 'request' | 'made'>): boolean =>
  Number(request.headers['content-length']) > 1024 * 1024 && !made.flaws.has('body-limited');

function answerOtherMethods(asked: Asked, readers: Record<string, string>): Sent {
  const { request, made } = asked;
  const { flaws } = made;
  if (request.method === 'OPTIONS') return { status: 204, headers: readers };
  const stream = { status: 200, headers: { 'content-type': 'text/event-stream' } };
  const refusal = whyNobody(asked);
  if (refusal) {
    return request.method === 'GET' && flaws.has('every-method-guarded') ? stream : refusal;
  }
  if (request.method === 'DELETE' && flaws.has('session-ends')) return refuse(500, 'Oh.');
  if (flaws.has('get-and-delete-refused')) return { status: 200 };
  return flaws.has('get-answered') ? { status: 200, body: {} } : refuse(405, 'Use POST.');
}

/** A 401, unless there is a token that counts. */
function whyNobody({ request, url, made: { flaws, origin } }: Asked): Sent | undefined {
  const header = request.headers.authorization;
  const inQuery = flaws.has('query-token-ignored') ? url.searchParams.get('access_token') : null;
  const token = header?.replace(/^Bearer /, '') ?? inQuery ?? undefined;
  if (token === MADE_TOKEN || token === MADE_TOKEN_2) return undefined;
  if (flaws.has('bad-token-refused') && token === MADE_BAD_TOKEN) return undefined;
  if (flaws.has('altered-token-refused') && token?.startsWith('eyJ')) return undefined;
  if (flaws.has('made-up-token-refused') && token?.startsWith('made-up')) return undefined;
  if (token === undefined) {
    if (flaws.has('token-asked-for')) return undefined;
    if (flaws.has('session-is-no-token') && request.headers['mcp-session-id']) return undefined;
  }
  const isBlamed =
    token === undefined ? flaws.has('challenge-without-error') : !flaws.has('invalid-token-named');
  const path = flaws.has('challenge-leads-to-metadata')
    ? '/nowhere'
    : '/.well-known/oauth-protected-resource/mcp';
  const parameters = [
    ...(flaws.has('resource-metadata') ? [] : [`resource_metadata="${origin}${path}"`]),
    ...(flaws.has('challenge-scope') ? [] : ['scope="read"']),
    ...(isBlamed ? ['error="invalid_token"'] : []),
  ];
  const headers = flaws.has('challenge-sent')
    ? {}
    : { 'www-authenticate': `Bearer ${parameters.join(', ')}` };
  return refuse(401, 'A token is required.', headers);
}

interface Message {
  id?: number;
  method: string;
  params?: Record<string, Record<string, string> | undefined>;
}

function answerBody({ body, request, made }: Asked): Sent {
  const { flaws } = made;
  const era = made.era === 'both' ? eraOf(body) : made.era;
  let message: Message | Message[];
  try {
    message = JSON.parse(body) as Message | Message[];
  } catch {
    if (flaws.has('errors-tell-nothing')) return { status: 400, body: { error: STACK } };
    return refuse(flaws.has('broken-json-refused') ? 500 : 400, 'This is no JSON.');
  }
  if (Array.isArray(message)) {
    if (!flaws.has('one-message')) return refuse(400, 'One message, please.');
    return { status: 200, body: message.map(({ id }) => ({ jsonrpc: '2.0', id, result: {} })) };
  }
  const asked = { message, headers: request.headers, made };
  return era === 'modern' ? answerModern(asked) : answerLegacy(asked);
}

interface AskedMessage {
  message: Message;
  headers: Asked['request']['headers'];
  made: Made;
}

const result = (id: unknown, value: object, headers = {}): Sent => ({
  status: 200,
  body: { jsonrpc: '2.0', id, result: value },
  headers,
});

const error = (id: unknown, status: number, code: number, data?: object): Sent => ({
  status,
  body: { jsonrpc: '2.0', id, error: { code, message: 'Refused.', data } },
});

function answerModern({ message, headers, made: { flaws } }: AskedMessage): Sent {
  const { id, method, params } = message;
  const version = params?.['_meta']?.[META];
  if (version === undefined) return error(id, 400, -32_020);
  const sent: [string, unknown][] = [
    ['mcp-protocol-version', version],
    ['mcp-method', method],
    ...(method === 'tools/call' ? [['mcp-name', params?.name] as [string, unknown]] : []),
  ];
  const isMissing = sent.some(([name]) => headers[name] === undefined);
  const isWrong = sent.some(([name, value]) => ![undefined, value].includes(headers[name]));
  if (isMissing && !flaws.has('header-missing-refused')) return error(id, 400, -32_020);
  if (isWrong && !flaws.has('header-mismatch-refused')) return error(id, 400, -32_020);
  if (version !== MODERN && !flaws.has('version-refused')) {
    return error(id, 400, -32_022, { supported: [MODERN], requested: version });
  }
  const type = flaws.has('answer-type') ? { 'content-type': 'text/plain' } : {};
  const session = flaws.has('no-session') ? { 'mcp-session-id': SESSION } : {};
  if (method === 'server/discover' && !flaws.has('discover-implemented')) {
    const kind = flaws.has('result-type') ? {} : { resultType: 'complete' };
    const found = { ...kind, supportedVersions: [MODERN], capabilities: { tools: {} } };
    return result(id, found, { ...type, ...session });
  }
  if (method === 'tools/list' && flaws.has('token-asked-for')) {
    return result(id, { resultType: 'complete', tools: [] });
  }
  if (method === 'tools/list') {
    const challenge = flaws.has('missing-scope-named')
      ? 'Bearer'
      : 'Bearer error="insufficient_scope", scope="list"';
    return refuse(403, 'Another scope is needed.', { 'www-authenticate': challenge });
  }
  return flaws.has('unknown-method-refused') ? error(id, 200, -32_601) : error(id, 404, -32_601);
}

function answerLegacy({ message: { id, method, params }, headers, made }: AskedMessage): Sent {
  const { flaws, sessions } = made;
  if (method === 'initialize') {
    const session = flaws.has('session-id-visible')
      ? `a session with blanks ${randomBytes(16).toString('hex')}`
      : flaws.has('session-id-unguessable')
        ? `session-of-a-weather-server-${Date.now()}-${sessions.size}`
        : randomBytes(16).toString('hex');
    sessions.set(session, headers.authorization);
    const chosen = { protocolVersion: LEGACY, capabilities: {}, serverInfo: { name: 'made' } };
    return result(id, chosen, { 'mcp-session-id': session });
  }
  const session = String(headers['mcp-session-id']);
  if (!sessions.has(session)) return error(id, 400, -32_000);
  const isOwn =
    headers.authorization === undefined || sessions.get(session) === headers.authorization;
  if (!isOwn && !flaws.has('session-of-its-user') && method !== 'ping')
    return error(id, 404, -32_001);
  if (headers['mcp-protocol-version'] !== LEGACY && !flaws.has('version-refused')) {
    return error(id, 400, -32_000);
  }
  if (id === undefined) return { status: flaws.has('notification-accepted') ? 200 : 202 };
  if (method === 'tools/list') return result(id, { tools: madeTools(made) });
  if (method === 'tools/call') return callTool(id, params ?? {}, flaws);
  if (method === 'ping' || flaws.has('unknown-method-refused')) return result(id, {});
  return error(id, 200, -32_601);
}

function callTool(id: unknown, params: object, flaws: ReadonlySet<string>): Sent {
  const { name, arguments: values } = params as { name: string; arguments: { city?: unknown } };
  const isKnown = name === 'get_weather';
  if (!isKnown && !flaws.has('unknown-tool-refused')) return error(id, 200, -32_602);
  const isError = typeof values.city !== 'string' && !flaws.has('invalid-arguments-refused');
  return result(id, { content: [], ...(isKnown && isError ? { isError } : {}) });
}
