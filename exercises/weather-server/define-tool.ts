/** What a tool is, how it answers, and whose a row of its tables is. */
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { Actor, AlertFacts, ClientAnswer, ToolCall, ToolFacts } from './controls.ts';
import { markMirrored } from './mirrored-arguments.ts';
import type { Row } from './world/database.ts';

export interface Tool<Input extends z.ZodObject = z.ZodObject> extends ToolFacts {
  title: string;
  description: string;
  /** What it does cannot be undone; clients may ask their user for each call. */
  isDestructive?: true;
  input: Input;
  /**
   * Gets what `input` has let through. `answer`: what came with the call besides; undefined in
   * 2025-11-25, where nothing does. `call`: as it came, before anything was looked at.
   */
  run(
    input: z.output<Input>,
    actor: Actor | undefined,
    answer?: ClientAnswer,
    call?: ToolCall,
  ): Promise<CallToolResult>;
}

/** Each tool knows the types of its own arguments; whoever holds a list of tools need not. */
export const defineTool = <Input extends z.ZodObject>(tool: Tool<Input>): Tool => ({
  ...tool,
  input: markMirrored(tool.name, tool.input),
});

/** A subject is unique at its issuer only, so both make an owner. */
const issuerAndSubject = z.tuple([z.string(), z.string()]);

export const ownerOf = (actor: Actor | undefined): string =>
  JSON.stringify(actor ? [actor.issuer, actor.subject] : ['', 'anonymous']);

export function ownerIn(row: Row): AlertFacts['owner'] {
  const [issuer, subject] = issuerAndSubject.parse(JSON.parse(String(row.owner)));
  return { issuer, subject };
}

export const text = (content: string): CallToolResult => ({
  content: [{ type: 'text', text: content }],
});

/** Structured content, with the same as text for clients that read only text (MCP, Tools). */
export const structured = (content: Record<string, unknown>): CallToolResult => ({
  ...text(JSON.stringify(content)),
  structuredContent: content,
});
