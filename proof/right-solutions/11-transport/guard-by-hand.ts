import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';

export const idea = 'Without the cors package: 403 in plain text, and the headers a page needs.';

export const createOriginGuard: CreateOriginGuard = ({ allowedHosts, allowedOrigins }) => {
  return (request, response, next) => {
    const { origin, host = '' } = request.headers;
    response.vary('Origin');
    if (!allowedHosts.includes(host.replace(/:\d+$/, '').toLowerCase())) {
      return void response.status(403).send('Forbidden');
    }
    if (origin === undefined) return next();
    if (!allowedOrigins.includes(origin)) return void response.status(403).send('Forbidden');
    response.set('Access-Control-Allow-Origin', origin);
    response.set('Access-Control-Expose-Headers', 'WWW-Authenticate');
    if (request.method !== 'OPTIONS') return next();
    response.set('Access-Control-Allow-Methods', 'POST');
    response.set(
      'Access-Control-Allow-Headers',
      'Authorization, Content-Type, MCP-Protocol-Version, Mcp-Session-Id, Last-Event-ID',
    );
    return void response.sendStatus(200);
  };
};
