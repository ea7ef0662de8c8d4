import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  '421 for a name that is not ours, which a URL parser has read; a JSON-RPC error for an origin that is not.';

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  const share = cors({
    origin: allowedOrigins,
    exposedHeaders: '*',
    // What is asked for is what is allowed: the guard has looked at the origin already.
    maxAge: 60,
  });
  return (request, response, next) => {
    const url = `http://${request.headers.host}`;
    if (!URL.canParse(url) || !allowedHosts.includes(new URL(url).hostname)) {
      return next(new HttpError(421, 'Misdirected Request'));
    }
    const origin = request.get('origin');
    if (origin !== undefined && !allowedOrigins.includes(origin)) {
      const error = { code: -32000, message: 'Forbidden' };
      return void response.status(403).json({ jsonrpc: '2.0', id: null, error });
    }
    return share(request, response, next);
  };
};
