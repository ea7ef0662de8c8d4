import { z } from 'zod';
import type { Actor, SecurityControls, ServerConfig } from './controls.ts';
import type { Tool } from './define-tool.ts';

type InputSchema = { type: 'object'; [member: string]: unknown };
type ListedTool = Pick<Tool, 'name' | 'title' | 'description'> & { inputSchema: InputSchema };

/** What `tools/list` shows to an actor, in every revision. */
export type ToolList = (actor: Actor | undefined) => ListedTool[];

/** Schemas are described once, when somebody asks. */
export function createToolList(
  controls: SecurityControls,
  config: ServerConfig,
  tools: Tool[],
): ToolList {
  let described: (Tool & { inputSchema: InputSchema })[] | undefined;
  const all = () =>
    (described ??= tools.map((tool) => ({ ...tool, inputSchema: toInputSchema(tool.input) })));
  return (actor) =>
    controls
      .listVisibleTools(actor, all(), config) // 06
      .map(({ name, title, description, inputSchema }) => ({
        name,
        title,
        description,
        inputSchema,
      }));
}

/** JSON Schema for `tools/list`. A check that JSON Schema cannot express is simply not shown. */
export function toInputSchema(input: z.ZodObject): InputSchema {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any', target: 'draft-7' });
  return { ...schema, type: 'object' };
}
