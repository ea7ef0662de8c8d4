/**
 * For tests: a server that does everything right, unless it is told to fail a requirement, and then
 * it fails that one.
 */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createFront, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import type { Resolve } from '../address-book.ts';
import { answerAuthorization } from './made-authorization.ts';
import { answerDocuments } from './made-documents.ts';
import { answerMcp, isTooLong } from './made-mcp.ts';
import type { Era } from '../seen.ts';
import { eraOf, refuse, type Asked, type Made, type Sent } from './made.ts';

const MADE_HOST = 'weather.example';
/** Of loopback as well; it stands for one from which others reach this machine. */
export const ANOTHER_ADDRESS = process.platform === 'linux' ? '127.0.0.2' : '::1';

export interface MadeServer {
  url: URL;
  ca: string;
  /** The name leads to this machine. */
  resolve: Resolve;
  /** In the order in which they came. */
  requests: IncomingMessage[];
  close(): void;
}

const certificate = await generate([{ name: 'commonName', value: MADE_HOST }], {
  keyType: 'ec',
  curve: 'P-256',
  algorithm: 'sha256',
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: MADE_HOST }] }],
});

/** Over TLS it has a name of its own; over plain http, which takes less time, it has none. */
export async function serveMade({
  era = 'modern',
  flaws = [],
  flawedEra,
  isTls = false,
}: {
  era?: Made['era'];
  flaws?: string[];
  /** Messages of the other era are answered rightly. */
  flawedEra?: Era;
  isTls?: boolean;
} = {}): Promise<MadeServer> {
  const requests: IncomingMessage[] = [];
  const made: Made = {
    era,
    flaws: new Set(flaws),
    sessions: new Map(),
    spent: new Set(),
    origin: '',
  };
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    // What is too long is not read, so that the answer comes at once.
    const body = isTooLong({ request, made }) ? Promise.resolve('') : read(request);
    void body.then((text) => {
      const url = new URL(request.url ?? '/', made.origin);
      const isRight = flawedEra !== undefined && eraOf(text) !== flawedEra;
      const asked = { ...made, flaws: isRight ? new Set<string>() : made.flaws };
      const { status, body: sent, headers } = answer({ request, url, body: text, made: asked });
      const isJson = typeof sent === 'object';
      response.writeHead(status, {
        ...headersOfAll(made),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      });
      // A stream stays open.
      if (headers?.['content-type'] === 'text/event-stream') response.write(sent ?? '');
      else response.end(isJson ? JSON.stringify(sent) : sent);
    });
  };
  const { cert, private: key } = certificate;
  const server = isTls ? createTlsServer({ cert, key }, listener) : createServer(listener);
  const elsewhere = createServer(listener);
  const front = made.flaws.has('no-plain-http') ? takingBoth(server, elsewhere) : server;
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port } = front.address() as AddressInfo;
  if (made.flaws.has('bound-to-loopback')) {
    await new Promise<void>((resolve) => elsewhere.listen(port, ANOTHER_ADDRESS, resolve));
  }
  made.origin = isTls ? `https://${MADE_HOST}:${port}` : `http://127.0.0.1:${port}`;
  return {
    url: new URL(`${made.origin}/mcp`),
    ca: certificate.cert,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    requests,
    close() {
      front.close();
      for (const one of [server, elsewhere]) {
        one.close();
        one.closeAllConnections();
      }
    },
  };
}

/** The first byte of TLS. */
const HANDSHAKE = 0x16;

/** One port, at which who begins with TLS gets it, and who does not gets plain http. */
const takingBoth = (overTls: Server, plain: Server): Server =>
  createFront((socket) => {
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      (first[0] === HANDSHAKE ? overTls : plain).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
    // Whoever goes away is no error of this server.
    socket.on('error', () => socket.destroy());
  });

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const headersOfAll = ({ flaws }: Made): Record<string, string> => ({
  ...(flaws.has('strict-transport-security')
    ? {}
    : { 'strict-transport-security': 'max-age=31536000' }),
  ...(flaws.has('no-sniffing') ? {} : { 'x-content-type-options': 'nosniff' }),
  ...(flaws.has('no-framing') ? {} : { 'content-security-policy': "frame-ancestors 'none'" }),
  ...(flaws.has('software-unnamed') ? { 'x-powered-by': 'Express' } : {}),
  'ratelimit-limit': '60',
});

function answer(asked: Asked): Sent {
  const { request, made } = asked;
  const isOurs = request.headers.host === new URL(made.origin).host;
  if (!isOurs && !made.flaws.has('host-validated')) return refuse(403, 'This is not our name.');
  return (
    answerDocuments(asked) ??
    answerAuthorization(asked) ??
    answerMcp(asked) ??
    refuse(404, 'There is no such route.')
  );
}
