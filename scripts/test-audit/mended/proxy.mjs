/** A proxy in front of a server that cannot be changed, doing what the table says of one. */
import { spawn } from 'node:child_process';
import { createServer, request as ask } from 'node:http';
import { ISSUER, origin, port, TOKEN } from '../servers/common.mjs';

const path = '/.well-known/oauth-protected-resource/mcp';
const document = { resource: `${origin}/mcp`, authorization_servers: [ISSUER] };
const challenge = `Bearer resource_metadata="${origin}${path}", scope="read"`;
const LONGEST = 1024 * 1024;
const own = new URL(origin);
const inner = port > 60_000 ? port - 1000 : port + 1000;
const everything = 'node_modules/@modelcontextprotocol/server-everything/dist/index.js';
const child = spawn(process.execPath, [everything, 'streamableHttp'], {
  env: { ...process.env, PORT: String(inner) },
});
process.on('SIGTERM', () => {
  child.kill();
  process.exit();
});
// Whoever reaches the proxy reaches the server.
for (let isUp = false; !isUp;) {
  isUp = await fetch(`http://127.0.0.1:${inner}/mcp`, { method: 'OPTIONS' }).then(
    () => true,
    () => new Promise((resolve) => setTimeout(() => resolve(false), 100)),
  );
}
const DROPPED = ['x-powered-by', 'access-control-allow-origin', 'access-control-expose-headers'];

createServer((request, response) => {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  const refuse = (status, headers = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: 'refused' }));
  };
  const { host, origin: page, authorization } = request.headers;
  if (host !== own.host || (page !== undefined && page !== origin)) return refuse(403);
  if (request.url === path) {
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify(document));
  }
  if (request.url !== '/mcp') return refuse(404);
  if (authorization === undefined) return refuse(401, { 'WWW-Authenticate': challenge });
  if (authorization !== `Bearer ${TOKEN}`) {
    return refuse(401, { 'WWW-Authenticate': `${challenge}, error="invalid_token"` });
  }
  if (Number(request.headers['content-length']) > LONGEST) return refuse(413);
  const chunks = [];
  let bytes = 0;
  request.on('data', (chunk) => {
    bytes += chunk.length;
    if (bytes <= LONGEST) chunks.push(chunk);
    else if (!response.headersSent) refuse(413);
  });
  request.on('end', () => {
    if (response.headersSent) return;
    const body = Buffer.concat(chunks);
    if (/^\s*\[/.test(body.toString())) return refuse(400);
    const { authorization: _, ...headers } = request.headers;
    const passed = ask({
      host: '127.0.0.1',
      port: inner,
      path: '/mcp',
      agent: false,
      method: request.method,
      headers,
    });
    passed.on('error', () => (response.headersSent ? response.destroy() : refuse(502)));
    passed.on('response', (answer) => {
      const kept = Object.entries(answer.headers).filter(([name]) => !DROPPED.includes(name));
      response.writeHead(answer.statusCode, Object.fromEntries(kept));
      // A stream may have nothing to say for long.
      response.flushHeaders();
      answer.pipe(response);
    });
    response.on('close', () => passed.destroy());
    passed.end(body);
  });
}).listen(port, '127.0.0.1');
