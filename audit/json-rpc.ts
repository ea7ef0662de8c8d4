/** JSON-RPC messages as the audit writes them, and as it reads them in what a server sent. */
import { isEventStream, type Reply } from './polite-client.ts';
import { parseJson } from '../shared/parse-json.ts';

/** The revision with an `initialize` handshake that the audit speaks, and the one without. */
export const LEGACY = '2025-11-25';
export const MODERN = '2026-07-28';

export interface Message {
  id?: unknown;
  result?: Record<string, unknown>;
  error?: { code?: unknown; message?: unknown; data?: unknown };
}

/** What is POSTed to the endpoint. */
export interface Post {
  headers: Record<string, string>;
  body: string;
}

const BOTH_TYPES = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};
const CLIENT = { name: 'secure-mcp-workbook-audit', version: '0.1.0' };

/** A request of the revision without a handshake: it says everything itself, in header and body. */
export function modernRequest(
  id: number,
  method: string,
  { version = MODERN, params = {} }: { version?: string; params?: object } = {},
): Post {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientInfo': CLIENT,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return {
    headers: {
      ...BOTH_TYPES,
      'mcp-protocol-version': version,
      'mcp-method': method,
      ...('name' in params ? { 'mcp-name': String(params.name) } : {}),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id, method, params: { ...params, ['_meta']: meta } }),
  };
}

/** A request after the handshake, or the handshake itself, which has no version in its header. */
export function legacyRequest(
  id: number | undefined,
  method: string,
  { params, session, version }: { params?: object; session?: string; version?: string } = {},
): Post {
  return {
    headers: {
      ...BOTH_TYPES,
      ...(version === undefined ? {} : { 'mcp-protocol-version': version }),
      ...(session === undefined ? {} : { 'mcp-session-id': session }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
  };
}

export const initializeRequest = (id: number): Post =>
  legacyRequest(id, 'initialize', {
    params: { protocolVersion: LEGACY, capabilities: {}, clientInfo: CLIENT },
  });

/** Many items ask for the messages of one answer. */
const known = new WeakMap<object, Message[]>();

/** The messages in an answer, whether it is JSON or a stream of events. */
export function messagesIn(reply: Pick<Reply, 'body'>): Message[] {
  const messages = known.get(reply) ?? readMessages(reply.body);
  known.set(reply, messages);
  return messages;
}

function readMessages(body: string): Message[] {
  const whole = parseJson(body);
  if (whole !== undefined) return [whole].flat().filter(isMessage);
  return body.split(/\r\n\r\n|\n\n|\r\r/).flatMap((event) => {
    const data = event
      .split(/\r\n|\n|\r/)
      .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trim()] : []));
    const message = data.length > 0 ? parseJson(data.join('\n')) : undefined;
    return isMessage(message) ? [message] : [];
  });
}

/** The result of a request that succeeded, whichever id it has. */
export const resultIn = (reply: Reply): Record<string, unknown> | undefined =>
  isSuccess(reply) ? messagesIn(reply).find(({ result }) => isObject(result))?.result : undefined;

export const errorIn = (reply: Reply): NonNullable<Message['error']> | undefined =>
  messagesIn(reply).find(({ error }) => isObject(error))?.error;

export const isSuccess = ({ status }: Reply): boolean => status >= 200 && status < 300;

/** For reading a stream up to the answer. */
export const hasAnswerTo =
  (id: number) =>
  (body: string, headers: Record<string, string>): boolean =>
    isEventStream(headers) && messagesIn({ body }).some((message) => message.id === id);

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMessage = (value: unknown): value is Message =>
  isObject(value) &&
  value.jsonrpc === '2.0' &&
  ('result' in value || 'error' in value || 'method' in value);
