/** Messages as an honest client sends them. In 2026-07-28 the headers repeat what the body says. */
import type { Revision } from '../exercises/weather-server/controls.ts';
import { mirroredArgumentsOf } from '../exercises/weather-server/mirrored-arguments.ts';

export const REVISIONS = ['2025-11-25', '2026-07-28'] as const satisfies readonly Revision[];

const META = 'io.modelcontextprotocol/';

const ACCEPT = 'application/json, text/event-stream';

export interface SentForm {
  headers: Record<string, string>;
  body: { jsonrpc: '2.0'; id: number | string; method: string; params: Record<string, unknown> };
}

export function messageOf(
  revision: Revision,
  method: string,
  params: Record<string, unknown>,
  id: number | string,
): SentForm {
  if (revision === '2026-07-28') return statelessMessage(method, params, id);
  const headers = { accept: ACCEPT, 'mcp-protocol-version': revision };
  return { headers, body: { jsonrpc: '2.0', id, method, params } };
}

/** @param params without `_meta`; what is in one is kept */
export function statelessMessage(
  method: string,
  params: Record<string, unknown>,
  id: number | string = 1,
): SentForm {
  const { name, uri, arguments: args, _meta } = params;
  const headers: Record<string, string> = {
    accept: ACCEPT,
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
  };
  const named = method === 'resources/read' ? uri : name;
  if (typeof named === 'string') headers['mcp-name'] = toHeaderValue(named);
  for (const { header, argument } of mirroredArgumentsOf(name)) {
    const value = (args as Record<string, unknown> | null | undefined)?.[argument];
    if (['string', 'number', 'boolean'].includes(typeof value)) {
      headers[header.toLowerCase()] = toHeaderValue(String(value));
    }
  }
  const meta = {
    [`${META}protocolVersion`]: '2026-07-28',
    [`${META}clientInfo`]: { name: 'workbook', version: '1.0.0' },
    [`${META}clientCapabilities`]: {},
    ...(typeof _meta === 'object' ? _meta : {}),
  };
  return { headers, body: { jsonrpc: '2.0', id, method, params: { ...params, _meta: meta } } };
}

/** A value as it stands in a header (MCP 2026-07-28, Streamable HTTP, Value Encoding). */
export const toHeaderValue = (value: string): string =>
  /^(?! )[\x20-\x7e]*(?<! )$/.test(value) && !/^=\?base64\?.*\?=$/.test(value)
    ? value
    : `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`;
