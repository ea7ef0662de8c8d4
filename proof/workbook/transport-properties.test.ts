/**
 * What must hold of the reference's transport controls for any input, tried on generated ones.
 *
 * @module-tag long
 */
import { createServer, request as send, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { weatherServerConfig } from '../../exercises/weather-server/config.ts';
import { createBodyParser } from '../../solutions/11-transport/body-parser.ts';
import {
  createOriginGuard,
  createSecurityHeaders,
} from '../../solutions/11-transport/who-may-ask.ts';

const config = weatherServerConfig('http://127.0.0.1:3001');
const RUNS = { numRuns: 500 };

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** Serves handlers, with an answer behind them that repeats the parsed body. */
async function serve(...handlers: RequestHandler[]) {
  const app = express();
  app.use(
    ...handlers,
    (request, response) => void response.json({ body: request.body as unknown }),
  );
  const onError: ErrorRequestHandler = (error: { status?: number }, _request, response, _next) =>
    void response.status(error.status ?? 500).end();
  app.use(onError);
  const listening = (server = createServer(app));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  return (headers: Record<string, string>, body?: string, path = '/mcp'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      const outgoing = send({ port, host: '127.0.0.1', path, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      outgoing.on('error', reject).end(body);
    });
}

describe('createOriginGuard', () => {
  const visible = fc.stringMatching(/^[!-~]{1,40}$/);
  /** Texts that resemble `text`: something before, behind, in place of a character, or left out. */
  const like = (text: string) =>
    fc
      .tuple(fc.nat(text.length), fc.nat(2), fc.stringMatching(/^[a-z0-9.:@/-]{0,12}$/))
      .map(([at, drop, more]) => text.slice(0, at) + more + text.slice(at + drop));

  test('lets in the origins on the list, and no text that resembles them', async () => {
    const ask = await serve(createOriginGuard(config));
    const [allowed = ''] = config.allowedOrigins;
    await fc.assert(
      fc.asyncProperty(fc.oneof(like(allowed), visible), async (origin) => {
        fc.pre(origin !== '');
        const { status, headers } = await ask({ host: 'localhost', origin });
        const isOurs = config.allowedOrigins.includes(origin);
        expect(status).toBe(isOurs ? 200 : 403);
        expect(headers['access-control-allow-origin']).toBe(isOurs ? origin : undefined);
      }),
      RUNS,
    );
  });

  test('answers to its own names on every port, and to no name that resembles them', async () => {
    const ask = await serve(createOriginGuard(config));
    const names = fc.constantFrom(...config.allowedHosts);
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 1, max: 65_535 }), async (name, port) => {
        expect((await ask({ host: name })).status).toBe(200);
        expect((await ask({ host: `${name}:${port}` })).status).toBe(200);
      }),
      { numRuns: 50 },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(names.chain(like), visible), async (host) => {
        const named = /^(.+?)(?::\d*)?$/.exec(host.toLowerCase())?.[1] ?? '';
        fc.pre(host !== '' && !config.allowedHosts.includes(named));
        expect((await ask({ host })).status).toBe(403);
      }),
      RUNS,
    );
  });

  test('believes no second name in the request line', async () => {
    const ask = await serve(createOriginGuard(config));
    const asked = async (path: string) =>
      (await ask({ host: 'localhost' }, undefined, path)).status;
    expect(await asked('http://evil.example/mcp')).toBe(403);
    expect(await asked('http://localhost@evil.example/mcp')).toBe(403);
    expect(await asked('http://localhost:3001/mcp')).toBe(200);
  });
});

describe('createBodyParser', () => {
  const headers = { 'content-type': 'application/json' };

  test('hands on every ordinary message as it was sent', async () => {
    const post = await serve(createBodyParser(config));
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 6 })),
        async (message) => {
          const body = JSON.stringify(message);
          fc.pre(!/__proto__|constructor/.test(body));
          const { status, text } = await post(headers, body);
          expect(status).toBe(200);
          expect(JSON.parse(text)).toEqual({ body: JSON.parse(body) as unknown });
        },
      ),
      RUNS,
    );
  });

  test('refuses depth and reaching for prototypes wherever they are', async () => {
    const post = await serve(createBodyParser(config));
    const layers = fc.array(fc.constantFrom('[', '{"a":', '[0,', '{"b":[],"c":'), {
      maxLength: 60,
    });
    const close = (opened: string[]) =>
      opened
        .toReversed()
        .map((layer) => (layer.startsWith('[') ? ']' : '}'))
        .join('');
    const wrap = (opened: string[], inner: string) => opened.join('') + inner + close(opened);
    const bad = fc.constantFrom(
      '{"__proto__":1}',
      '{"constructor":{"prototype":{}}}',
      wrap(Array<string>(100).fill('['), '1'),
      wrap(Array<string>(150_000).fill('['), '1'),
    );
    await fc.assert(
      fc.asyncProperty(layers, bad, async (opened, inner) => {
        expect((await post(headers, wrap(opened, inner))).status).toBe(400);
        expect((await post(headers, wrap(['{"a":', ...opened], '1'))).status).toBe(200);
      }),
      { numRuns: 100 },
    );
  });

  test('leaves nothing of a refused body behind', async () => {
    let left: unknown = 'nothing was asked';
    const parse = createBodyParser(config);
    const post = await serve((request, response, next) => {
      void parse(request, response, (error?: unknown) => {
        left = request.body;
        next(error);
      });
    });
    expect((await post(headers, '{"__proto__":1}')).status).toBe(400);
    expect(left).toBeUndefined();
  });
});

describe('createSecurityHeaders', () => {
  const overTls: RequestHandler = (request, _response, next) => {
    Object.defineProperty(request.socket, 'encrypted', { value: true, configurable: true });
    next();
  };

  test('speaks of TLS over TLS only, whatever a client claims', async () => {
    const plain = await serve(createSecurityHeaders(config));
    const claimed = await plain({ 'x-forwarded-proto': 'https', forwarded: 'proto=https' });
    expect(claimed.headers['strict-transport-security']).toBeUndefined();
    server?.close();
    const secure = await serve(overTls, createSecurityHeaders(config));
    const { headers } = await secure({});
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test('leaves windows that a page opened with the page', async () => {
    const ask = await serve(createSecurityHeaders(config));
    expect((await ask({})).headers['cross-origin-opener-policy']).toBeUndefined();
  });
});
