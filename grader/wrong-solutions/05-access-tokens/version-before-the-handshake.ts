import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';
import { createBearerAuth as rightly } from '../../../solutions/05-access-tokens/bearer-auth.ts';

export const mistake =
  'Every message must say MCP-Protocol-Version, also the first one, with which client and server agree on a version.';
export const caughtBy = ['serves-the-whole-protocol'];

export const createBearerAuth: CreateBearerAuth = (context) => {
  const requireToken = rightly(context);
  return (request, response, next) =>
    requireToken(request, response, (error?: unknown) => {
      if (error !== undefined || request.get('mcp-protocol-version')) return next(error);
      response.status(400).json({ error: 'invalid_request' });
    });
};
