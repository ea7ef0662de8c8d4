import type { DetectRevision } from '../../../exercises/weather-server/controls.ts';
import {
  HeaderMismatchError,
  InvalidMetadataError,
} from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The old versions are listed; under any other header a message has to be a new one.';

const OLD = new Set(['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07']);
const KEY = 'io.modelcontextprotocol/protocolVersion';

export const detectRevision: DetectRevision = ({ headers, body }) => {
  const [version, ...others] = headers['mcp-protocol-version'] ?? [];
  const { params } = (body ?? {}) as { params?: { _meta?: Record<string, unknown> | null } | null };
  const meta = params?._meta;
  if (!meta || !Object.hasOwn(meta, KEY)) {
    if (version === undefined || (OLD.has(version) && others.length === 0)) return '2025-11-25';
    throw new InvalidMetadataError('Say in _meta which version this is.');
  }
  const named = meta[KEY];
  if (typeof named !== 'string') throw new InvalidMetadataError('A version is a text.');
  if (named !== version || others.length > 0) throw new HeaderMismatchError('MCP-Protocol-Version');
  return '2026-07-28';
};
