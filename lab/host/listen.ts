/** The one port of this process: which server a request is for, and who may ask at all. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guard } from './guard.ts';
import { findByTicket, keyRings, lookUp } from './instances.ts';
import { publicKeys } from './keys.ts';

/** Listens for all servers of this process, behind the guard. Gives the port. */
export async function listen(guardToken: string): Promise<number> {
  const guarded = guard(
    guardToken,
    (lab, request, response) => {
      const instance = lookUp(lab.instance);
      if (!instance) {
        response.writeHead(410).end('This server is gone.\n');
        return;
      }
      instance.world.tape.during(lab.requestId, () => instance.app(request, response));
    },
    findByTicket,
  );
  const server = createServer((request, response) => {
    // Public keys are public, and a verifier may well fetch them from where they are served.
    if (request.method === 'GET' && request.url === '/jwks' && !request.headers.origin) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys: publicKeys(keyRings()) }));
      return;
    }
    guarded(request, response);
  });
  // Longer than any firing: a connection must not be closed just when the lab uses it again.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
