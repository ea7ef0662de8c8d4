import type { Exchange } from '../../../lab/protocol.ts';

const IN_META = /"io\.modelcontextprotocol\/protocolVersion"\s*:\s*"([^"\\]{1,40})"/;
const IN_INITIALIZE = /"protocolVersion"\s*:\s*"([^"\\]{1,40})"/;

/**
 * Which revision of MCP a request says that it speaks: in its message, as 2026-07-28 has it, or in the
 * header; both, where they differ. Undefined if it says none, as requests that are not MCP do. It is
 * the sender's own text.
 */
export function revisionOf({ headers, body }: Exchange['request']): string | undefined {
  const named = Object.entries(headers).find(
    ([name]) => name.toLowerCase() === 'mcp-protocol-version',
  );
  const header = named?.[1];
  const message = IN_META.exec(body)?.[1];
  if (header !== undefined && message !== undefined && header !== message) {
    return `${header}, in the message ${message}`;
  }
  return message ?? header ?? IN_INITIALIZE.exec(body)?.[1];
}
