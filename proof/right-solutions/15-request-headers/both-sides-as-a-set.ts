import type { DetectRevision } from '../../../exercises/weather-server/controls.ts';
import {
  HeaderMismatchError,
  InvalidMetadataError,
} from '../../../exercises/weather-server/errors.ts';

export const idea = 'All versions that anybody names are put into one set, which must be of one.';

const KEY = 'io.modelcontextprotocol/protocolVersion';

/** The value at the end of the path; a place that is not there names nothing. */
const lookUp = (value: unknown, path: readonly string[]): unknown[] => {
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  const found = Object.entries(Object(value) as object).find(([name]) => name === first);
  return found ? lookUp(found[1], rest) : [];
};

export const detectRevision: DetectRevision = ({ headers, body }) => {
  const inBody = lookUp(body, ['params', '_meta', KEY]);
  const inHeader = (headers['mcp-protocol-version'] ?? []).flatMap((line) => line.split(/[,\s]+/));
  if (inBody.length === 0) {
    if (inHeader.every((version) => version < '2026')) return '2025-11-25';
    throw new InvalidMetadataError('The header names a version that the body does not.');
  }
  const named = new Set([...inBody, ...inHeader]);
  if (named.size !== 1 || inHeader.length !== 1) {
    throw new HeaderMismatchError('MCP-Protocol-Version');
  }
  return '2026-07-28';
};
