/** What must hold of the error responses for any error, also for those no tool can be made to throw. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { weatherServerConfig } from '../../exercises/weather-server/config.ts';
import type { ErrorBody } from '../../exercises/weather-server/controls.ts';
import {
  HttpError,
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../exercises/weather-server/errors.ts';
import {
  buildToolError,
  createErrorHandler,
} from '../../solutions/13-error-responses/error-responses.ts';

const SECRET = 'k3ep-th1s';
const INTERNAL = { code: 'INTERNAL', retryable: false, request_id: 'r-1' };

function answerTo(error: unknown): ErrorBody['error'] {
  const { isError, content } = buildToolError(error, 'r-1');
  expect(isError).toBe(true);
  const [first] = content;
  const text = first?.type === 'text' ? first.text : '';
  expect(text).not.toContain(SECRET);
  return (JSON.parse(text) as ErrorBody).error;
}

function circular(): Error {
  const error = new Error(SECRET);
  return Object.assign(error, { self: error, list: [error] });
}

const unreadable = Object.defineProperty(new InvalidInputError('x'), 'message', {
  get() {
    throw new Error(SECRET);
  },
});

const revoked = Proxy.revocable({}, {});
revoked.revoke();

/** A driver's class, which happens to have the name of ours. */
const Namesake = { NotFoundError: class extends Error {} }.NotFoundError;

const oddities: [string, unknown][] = [
  ['undefined', undefined],
  ['a symbol', Symbol(SECRET)],
  ['a function', () => SECRET],
  ['an error in circles', circular()],
  ['a message that cannot be read', unreadable],
  ['something that cannot even be asked', revoked.proxy],
  ['many errors in one', new AggregateError([new Error(SECRET)], SECRET)],
  ['an error with a cause', new Error(SECRET, { cause: new NotFoundError(SECRET) })],
  ['a class of the same name', new Namesake(SECRET)],
  ['an object without a prototype', Object.assign(Object.create(null), { message: SECRET })],
  ['an error with a status', Object.assign(new Error(SECRET), { status: 404, expose: true })],
];

describe('buildToolError', () => {
  test.each(oddities)('says INTERNAL and no more for %s', (_name, error) => {
    expect(answerTo(error)).toMatchObject(INTERNAL);
  });

  test('says the same for everything that is not ours', () => {
    const expected = answerTo(new Error('anything'));
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (thrown) => {
        expect(answerTo(thrown)).toEqual(expected);
        expect(
          answerTo(Object.assign(new Error(SECRET), { name: 'NotFoundError', thrown })),
        ).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('tells what a caller can act on', () => {
    expect(answerTo(new InvalidInputError('Not acceptable: city.'))).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'Not acceptable: city.',
      retryable: false,
    });
    expect(answerTo(new NotFoundError(SECRET))).toMatchObject({ code: 'NOT_FOUND' });
    expect(answerTo(new UnavailableError(SECRET))).toMatchObject({ ...INTERNAL, retryable: true });
    const scope = answerTo(new InsufficientScopeError(['weather:write']));
    expect(scope.code).toBe('INSUFFICIENT_SCOPE');
    expect(scope.message).toContain('weather:write');
  });
});

describe('createErrorHandler', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  /** What a client gets from a route that does this. */
  async function answerOf(route: RequestHandler): Promise<Response> {
    const app = express().set('env', 'test'); // Express prints no stacks then
    app.use((_request, response, next) => {
      response.set('x-request-id', 'r-1');
      next();
    });
    app.get('/', route);
    app.use(createErrorHandler(weatherServerConfig('http://127.0.0.1:3001')));
    server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  }
  const thrown = (error: unknown): Promise<Response> =>
    answerOf((_request, _response, next) => next(error));

  test.each(oddities.filter(([name]) => name !== 'undefined' && !name.includes('status')))(
    'answers 500 in JSON for %s',
    async (_name, error) => {
      const response = await thrown(error);
      expect(response.status).toBe(500);
      expect(await response.json()).toMatchObject({ error: INTERNAL });
    },
  );

  test.each([
    [new HttpError(405, 'Use POST.'), 405, 'INVALID_INPUT', false],
    [new HttpError(401, 'Who is it?'), 401, 'UNAUTHORIZED', false],
    [new HttpError(429, 'Slowly.'), 429, 'RATE_LIMITED', true],
    [new HttpError(503, SECRET), 500, 'INTERNAL', false],
    [new NotFoundError(SECRET), 404, 'NOT_FOUND', false],
    [new UnavailableError(SECRET), 503, 'INTERNAL', true],
    [Object.assign(new Error(SECRET), { status: 413 }), 413, 'INVALID_INPUT', false],
  ])('answers %s with %i %s', async (error, status, code, retryable) => {
    const response = await thrown(error);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(text).not.toContain(SECRET);
    expect(JSON.parse(text)).toMatchObject({ error: { code, retryable, request_id: 'r-1' } });
  });

  test('believes no status but a whole number from 400 to 499', async () => {
    for (const status of [200, 302, 399, 500, 999, 404.5, Number.NaN, '404', [404], null, 404n]) {
      // oxlint-disable-next-line no-await-in-loop -- one server after the other
      const response = await thrown(Object.assign(new Error(SECRET), { status }));
      expect(response.status, String(status)).toBe(500);
      server?.close();
    }
  });

  test('answers JSON where the route had announced a page', async () => {
    const response = await answerOf((_request, page, next) => {
      page.type('html');
      next(new Error(SECRET));
    });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('ends the connection if half an answer has been sent', async () => {
    const response = await answerOf((_request, half, next) => {
      half.type('json').write('{"result":');
      next(new Error(SECRET));
    });
    await expect(response.text()).rejects.toThrow();
  });
});
