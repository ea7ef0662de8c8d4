import { expect, it } from 'vitest';
import { revisionOf } from './revision-of.ts';

const request = (headers: Record<string, string>, body: unknown = '') => ({
  method: 'POST',
  path: '/mcp',
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const meta = (version: string) => ({
  params: { _meta: { 'io.modelcontextprotocol/protocolVersion': version } },
});

it('reads the revision from message, header or initialize', () => {
  expect(revisionOf(request({}, meta('2026-07-28')))).toBe('2026-07-28');
  expect(revisionOf(request({ 'MCP-Protocol-Version': '2025-11-25' }))).toBe('2025-11-25');
  expect(revisionOf(request({}, { params: { protocolVersion: '2025-11-25' } }))).toBe('2025-11-25');
  expect(revisionOf(request({}, '{"grant_type":"x"}'))).toBeUndefined();
});

it('says both where they differ', () => {
  expect(revisionOf(request({ 'mcp-protocol-version': '2025-11-25' }, meta('2026-07-28')))).toBe(
    '2025-11-25, in the message 2026-07-28',
  );
});
