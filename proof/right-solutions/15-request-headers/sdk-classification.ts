import { classifyInboundRequest } from '@modelcontextprotocol/server';
import type { DetectRevision } from '../../../exercises/weather-server/controls.ts';
import {
  HeaderMismatchError,
  InvalidMetadataError,
} from '../../../exercises/weather-server/errors.ts';

export const idea = 'The new SDK classifies the request; what it leaves to later is asked here.';

const HEADER_MISMATCH = -32020;

export const detectRevision: DetectRevision = ({ headers, body }) => {
  const versions = headers['mcp-protocol-version'];
  // It compares texts, and takes a list that begins with an old version for an old one.
  if (versions?.join().includes(',')) throw new HeaderMismatchError('MCP-Protocol-Version');
  const outcome = classifyInboundRequest({
    httpMethod: 'POST',
    body,
    ...(versions ? { protocolVersionHeader: versions.join() } : {}),
  });
  if (outcome.kind === 'legacy') return '2025-11-25';
  if (outcome.kind === 'reject') {
    if (outcome.code === HEADER_MISMATCH) throw new HeaderMismatchError('MCP-Protocol-Version');
    throw new InvalidMetadataError('The message does not say which version it speaks.');
  }
  if (!versions) throw new HeaderMismatchError('MCP-Protocol-Version');
  return '2026-07-28';
};
