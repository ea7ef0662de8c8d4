import type { DetectRevision, RequireMatchingHeaders } from '../weather-server/controls.ts';

const VERSION_MEMBER = 'io.modelcontextprotocol/protocolVersion';

// Today a message is one of 2026-07-28 only if body and header both say so; everything else is served
// as an old one, whose headers nobody compares. So one line that does not fit switches the comparison
// off, and the call runs all the same.

// TODO 15: Let the body decide, and the header agree. A body that has the member names a version,
// whatever stands there, and speaks 2026-07-28; the header `MCP-Protocol-Version` must be there, once,
// and name the same one: `HeaderMismatchError` otherwise. A body that has none speaks 2025-11-25, unless
// 2026-07-28 or a later date stands anywhere in the header: `InvalidMetadataError`. A body may be any
// JSON, and needs an answer other than an internal error.
export const detectRevision: DetectRevision = ({ headers, body }) => {
  const { params } = (body ?? {}) as { params?: { _meta?: Record<string, unknown> } | null };
  const named = params?._meta?.[VERSION_MEMBER];
  const isWhole = named === '2026-07-28' && headers['mcp-protocol-version']?.[0] === named;
  return isWhole ? '2026-07-28' : '2025-11-25';
};

// Today a gateway that reads headers and a server that reads the body may see two different calls.

// TODO 15: Throw `HeaderMismatchError`, with the name of the header, unless `Mcp-Method`, `Mcp-Name`
// and each header of `mirrored` is there, once, and says what the body says. `Mcp-Name` repeats
// `params.name` of `tools/call` and `prompts/get`, and `params.uri` of `resources/read`; a header of
// `mirrored` repeats its member of `params.arguments`, and is not needed for one that is absent or
// null. Those two kinds may be written as `=?base64?…?=`, in UTF-8, and always are if the value looks
// like that, or is not plain ASCII; base64 or UTF-8 that is broken says nothing. Compare texts exactly,
// and integers as numbers, exactly too, in plain decimals. This server has no prompts, no resources and
// one argument at most in headers; write it for servers that have more.
export const requireMatchingHeaders: RequireMatchingHeaders = () => undefined;
