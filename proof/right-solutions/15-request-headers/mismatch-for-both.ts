import type { DetectRevision } from '../../../exercises/weather-server/controls.ts';
import {
  HeaderMismatchError,
  InvalidMetadataError,
} from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A header whose version the body lacks is a mismatch as well, and refused as one.';

export const detectRevision: DetectRevision = ({ headers, body }) => {
  const sent = headers['mcp-protocol-version'] ?? [];
  const meta = (body as { params?: { _meta?: object | null } | null } | null)?.params?._meta;
  const named: unknown = new Map<string, unknown>(Object.entries(meta ?? {})).get(
    'io.modelcontextprotocol/protocolVersion',
  );
  const isPromised = sent
    .flatMap((line) => line.split(','))
    .some((version) => version.trim() >= '2026-07-28');
  if (named === undefined && !isPromised) return '2025-11-25';
  if (named !== undefined && typeof named !== 'string') {
    throw new InvalidMetadataError('The version is a text.');
  }
  if (sent.length !== 1 || sent[0] !== named) throw new HeaderMismatchError('MCP-Protocol-Version');
  return '2026-07-28';
};
