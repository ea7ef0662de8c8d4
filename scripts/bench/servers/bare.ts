/** The least there can be: node:http that reads a body and answers one, without looking at either. */
import type { CreateListener } from './load-server.ts';

const ANSWER = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  result: { content: [{ type: 'text', text: '.'.repeat(400) }] },
});

export const createListener: CreateListener = async () => (request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(ANSWER);
  });
};
