/**
 * What stands in front of every server that shows a page of the workbook: exact Host, the page's own
 * Origin or none, and the browser's own word on where a request comes from (Fetch Metadata).
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isSecret } from './is-secret.ts';

const namesOf = (port: number): string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

/** Whether this machine was asked for by a name of its own, not by one that was rebound to it. */
export const knowsHost = ({ headers }: IncomingMessage, port: number): boolean =>
  namesOf(port).includes(headers.host ?? '');

/** Whether the page at `port` may have sent it. Programs send neither of the two headers. */
export function isOfOwnPage({ headers }: IncomingMessage, port: number): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined && !namesOf(port).some((name) => origin === `http://${name}`)) {
    return false;
  }
  return site === undefined || site === 'same-origin';
}

/** What a server of somebody else's (Vite, Vitest) is let show of itself. */
export interface FrontDoor {
  /** Path of the page. Whoever goes there is given a cookie, without which nothing else is served. */
  entrance: string;
  /** Whether a path, without its query, is one of the page's own files or sockets. */
  isOwn: (path: string) => boolean;
  /** Content Security Policy, beyond that no other page may frame it. */
  policy?: string;
}

/** Stands in front of all routes and web sockets of `server`, those it gets later included. */
export function standInFront(server: Server, { entrance, isOwn, policy }: FrontDoor): void {
  const token = randomBytes(32).toString('base64url');
  const pass = server.emit.bind(server) as (event: string, ...args: unknown[]) => boolean;
  /** Browsers keep the cookies of all ports together. */
  const nameAt = (port: number): string => `workbook-${port}`;

  const whyRefused = (request: IncomingMessage, isVisit: boolean): number | undefined => {
    const port = request.socket.localPort ?? 0;
    if (!knowsHost(request, port)) return 403;
    const { origin, 'sec-fetch-dest': goesTo } = request.headers;
    // A link that somebody followed: the page is not shown to whoever has linked to it.
    if (isVisit)
      return origin === undefined && (goesTo ?? 'document') === 'document' ? undefined : 403;
    if (!isOfOwnPage(request, port)) return 403;
    if (!isSecret(cookie(request, nameAt(port)), token)) return 403;
    return isOwn(pathOf(request)) ? undefined : 404;
  };

  server.emit = (event: string, ...args: unknown[]): boolean => {
    if (event === 'request') {
      const [request, response] = args as [IncomingMessage, ServerResponse];
      const isVisit = request.method === 'GET' && pathOf(request) === entrance;
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      if (policy) response.appendHeader('content-security-policy', policy);
      const status = whyRefused(request, isVisit);
      if (status !== undefined) {
        response.writeHead(status, { 'content-type': 'text/plain' });
        response.end('This server answers its own page only, and shows nothing else.\n');
        return true;
      }
      if (isVisit) {
        const name = nameAt(request.socket.localPort ?? 0);
        response.setHeader('set-cookie', `${name}=${token}; Path=/; HttpOnly; SameSite=Strict`);
      }
    } else if (event === 'upgrade') {
      const [request, socket] = args as [IncomingMessage, Duplex];
      if (whyRefused(request, false) !== undefined) {
        socket.destroy();
        return true;
      }
    }
    return pass(event, ...args);
  };
}

const HEADERS = {
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': "frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** Without query; empty for an address that is not a path, or not written as it is understood. */
function pathOf({ url = '' }: IncomingMessage): string {
  const [path = ''] = url.split('?');
  return path.startsWith('/') && new URL(`http://lab${path}`).pathname === path ? path : '';
}

function cookie({ headers }: IncomingMessage, name: string): string {
  const all = (headers.cookie ?? '').split(/; */);
  return all.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}
