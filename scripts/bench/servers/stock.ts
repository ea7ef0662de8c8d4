/** The same tools on the SDK as its documentation shows it, stateless, and with no control around them. */
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { answerWithStockServer, sameTools } from './stock-messages.ts';
import type { CreateListener } from './load-server.ts';

export const createListener: CreateListener = async () => {
  const app = createMcpExpressApp();
  app.post('/mcp', answerWithStockServer(await sameTools()));
  return app;
};
