/** Messages as the SDK's stateless example answers them: an `McpServer` and a transport for each. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { RequestHandler } from 'express';
import type { Tool } from '../../../exercises/weather-server/define-tool.ts';
import { createTools } from '../../../exercises/weather-server/tools.ts';
import { createWorld } from '../../../exercises/weather-server/world/world.ts';
import { composeControls } from '../../../lab/controls/compose-controls.ts';

/** The reference's own tools, so that what is compared is everything around them. */
export async function sameTools(): Promise<Tool[]> {
  const controls = await composeControls({ kind: 'reference' }, { fault: () => undefined });
  return createTools(controls, createWorld());
}

export const answerWithStockServer =
  (tools: Tool[]): RequestHandler =>
  async (request, response) => {
    const server = new McpServer({ name: 'weather', version: '1.0.0' });
    for (const tool of tools) {
      const { name, title, description, input } = tool;
      server.registerTool(name, { title, description, inputSchema: input }, (args) =>
        tool.run(args, undefined),
      );
    }
    // JSON answers, as the reference gives them; streams would cost this server more.
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on('close', () => {
      void transport.close();
      void server.close();
    });
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  };
