/**
 * The guard in front of every target. The servers behind it are insecure on purpose, so nothing but
 * the lab may reach them: a request needs the per-run token in a header, which no web page can know,
 * and must not look like a browser's. Whoever repeats a request by hand has the ticket of one server
 * instead. What an attack wants to say in Host, Origin, X-Forwarded-For and Sec-Fetch-Site travels in
 * `x-lab-*` headers and is put in place here.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isSecret } from '../../shared/is-secret.ts';
import { LAB_HEADERS } from './host-protocol.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface GuardedRequest {
  instance: string;
  requestId: string;
}

/**
 * Wraps `serve`; it gets only requests of the lab, with their headers as the attack wants them.
 *
 * @param findByTicket the server that a ticket belongs to
 */
export function guard(
  token: string,
  serve: (lab: GuardedRequest, request: IncomingMessage, response: ServerResponse) => void,
  findByTicket: (ticket: string) => string | undefined = () => undefined,
): Handler {
  return (request, response) => {
    const ticket = request.headers[LAB_HEADERS.ticket];
    const instance = isSecret(request.headers[LAB_HEADERS.token], token)
      ? String(request.headers[LAB_HEADERS.instance] ?? '')
      : typeof ticket === 'string'
        ? findByTicket(ticket)
        : undefined;
    if (instance === undefined || looksLikeBrowser(request)) {
      response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' });
      response.end('This server is insecure on purpose. It answers the workbook only.\n');
      return;
    }
    const requestId = String(request.headers[LAB_HEADERS.request] ?? '');
    putHeadersInPlace(request);
    serve({ instance, requestId }, request, response);
  };
}

/** Browsers add these themselves, and a page cannot take them away. */
const looksLikeBrowser = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;

function putHeadersInPlace(request: IncomingMessage): void {
  const { headers } = request;
  const wanted: Record<string, string | undefined> = {
    host: value(headers[LAB_HEADERS.host]),
    origin: value(headers[LAB_HEADERS.origin]),
    'x-forwarded-for': value(headers[LAB_HEADERS.forwardedFor]),
    'sec-fetch-site': value(headers[LAB_HEADERS.fetchSite]),
  };
  for (const [name, text] of Object.entries(wanted)) if (text !== undefined) headers[name] = text;
  for (const name of Object.values(LAB_HEADERS)) delete headers[name];

  const raw: string[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    const lower = name.toLowerCase();
    const isOurs = (Object.values(LAB_HEADERS) as string[]).includes(lower);
    if (isOurs || wanted[lower] !== undefined) continue;
    raw.push(name, request.rawHeaders[index + 1] ?? '');
  }
  for (const [name, text] of Object.entries(wanted)) if (text !== undefined) raw.push(name, text);
  request.rawHeaders = raw;
  // Node would read it from as many raw headers as there were.
  request.headersDistinct = distinct(raw);
}

function distinct(raw: string[]): Record<string, string[]> {
  const values = Object.create(null) as Record<string, string[]>;
  for (let index = 0; index < raw.length; index += 2) {
    (values[raw[index]?.toLowerCase() ?? ''] ??= []).push(raw[index + 1] ?? '');
  }
  return values;
}

const value = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header;
