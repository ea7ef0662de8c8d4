/**
 * Arguments that clients repeat in headers, so that a gateway may decide by them without reading the
 * body (MCP 2026-07-28, Streamable HTTP, `x-mcp-header`). Only members whose schema is ours: clients
 * hide a tool if such a member is neither a string nor an integer nor a boolean.
 */
import { z } from 'zod';
import type { MirroredArgument } from './controls.ts';

const MIRRORED_ARGUMENTS: Readonly<Record<string, readonly MirroredArgument[]>> = {
  read_report: [{ header: 'Mcp-Param-Report', argument: 'name', type: 'string' }],
  delete_alert: [{ header: 'Mcp-Param-Alert', argument: 'id', type: 'integer' }],
};

/** The schema of a tool's input, with what tells clients which of its members they repeat. */
export function markMirrored<Input extends z.ZodObject>(tool: string, input: Input): Input {
  const mirrored = mirroredArgumentsOf(tool);
  if (mirrored.length === 0) return input;
  const marked = mirrored.map(({ header, argument }) => {
    const member = input.shape[argument] as z.ZodType;
    return [argument, member.meta({ 'x-mcp-header': header.replace('Mcp-Param-', '') })];
  });
  return input.extend(Object.fromEntries(marked)) as unknown as Input;
}

/** @param tool the name in a message: anything at all */
export const mirroredArgumentsOf = (tool: unknown): readonly MirroredArgument[] =>
  typeof tool === 'string' && Object.hasOwn(MIRRORED_ARGUMENTS, tool)
    ? (MIRRORED_ARGUMENTS[tool] ?? [])
    : [];
