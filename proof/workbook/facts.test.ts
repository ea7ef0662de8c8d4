/** What lessons and quizzes say of packages, of Node and of the reference, and a program can check. */
import { exec, execFile } from 'node:child_process';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequestStateCodec, type ServerContext } from '@modelcontextprotocol/server';
import { auth, extractWWWAuthenticateParams } from '@modelcontextprotocol/sdk/client/auth.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { hostHeaderValidation } from '@modelcontextprotocol/sdk/server/middleware/hostHeaderValidation.js';
import express, { type Express, type Request, type RequestHandler } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { serveReference, type ServedReference } from '../../catalogue/serve-reference.ts';
import { weatherServerConfig } from '../../exercises/weather-server/config.ts';
import { buildBearerChallenge } from '../../solutions/01-oauth-discovery/bearer-challenge.ts';

const config = weatherServerConfig('http://127.0.0.1:3001');

/** What `handlers` make of one request, without a network. */
async function answerOf(
  handlers: RequestHandler[],
  headers: Record<string, string> = {},
  app: Express = express(),
): Promise<{ status: number; headers: Record<string, unknown>; body: unknown }> {
  app.use(...handlers);
  const server = app.listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const answer = await new Promise<IncomingMessage>((resolve, reject) =>
      request({ host: '127.0.0.1', port, headers }, resolve).on('error', reject).end(),
    );
    const text = (await answer.toArray()).join('');
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  } finally {
    server.close();
  }
}

describe('lesson 01: a challenge', () => {
  const scopeIn = (challenge: string) =>
    extractWWWAuthenticateParams(
      new Response(null, { status: 401, headers: { 'www-authenticate': challenge } }),
    ).scope;

  test('is overlooked by SDK v1 behind another scheme', () => {
    const bearer = 'Bearer scope="weather:read"';
    expect(scopeIn(`${bearer}, Basic realm="weather"`)).toBe('weather:read');
    expect(scopeIn(`Basic realm="weather", ${bearer}`)).toBeUndefined();
    expect(scopeIn(`DPoP algs="ES256", ${bearer}`)).toBeUndefined();
  });

  test('of the reference names its scope to a client that takes the first one in the header', () => {
    const description = 'This token has scope=weather:read only.';
    expect(scopeIn(`Bearer error_description="${description}", scope="weather:write"`)).toBe(
      'weather:read',
    );
    const challenge = buildBearerChallenge(
      { error: 'insufficient_scope', description, scopes: ['weather:write'] },
      config,
      {} as Request,
    );
    expect(challenge).toContain(description);
    expect(scopeIn(challenge)).toBe('weather:write');
  });
});

describe('lesson 05: requireBearerAuth of the SDK', () => {
  const guard = (verified: object | Error) =>
    requireBearerAuth({
      verifier: {
        verifyAccessToken: () =>
          verified instanceof Error ? Promise.reject(verified) : Promise.resolve(verified as never),
      },
    });
  const through: RequestHandler = (_, response) => void response.json('through');
  const bearer = { authorization: 'Bearer some-token' };
  const good = { token: 't', clientId: 'c', scopes: [], expiresAt: Date.now() };

  test('blames a token where there is none', async () => {
    const { status, headers } = await answerOf([guard(good), through]);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toContain('error="invalid_token"');
  });

  test.each([
    [
      'a token for somebody else, if it is not told for whom',
      { ...good, resource: new URL('http://else.example') },
      200,
    ],
    ['no token without its end', { ...good, expiresAt: undefined }, 401],
    ['no token that its own error refuses', new InvalidTokenError('no'), 401],
  ])('takes %s', async (_, verified, wanted) => {
    expect((await answerOf([guard(verified), through], bearer)).status).toBe(wanted);
  });

  test('takes an error that it does not know for its own fault', async () => {
    expect((await answerOf([guard(new Error('no')), through], bearer)).status).toBe(500);
  });
});

describe('lesson 06', () => {
  test('SDK v1 that is asked for more scope refreshes what it has', async () => {
    const asked: { path: string; form: URLSearchParams }[] = [];
    const issuer = 'http://127.0.0.1:1';
    const result = await auth(
      {
        redirectUrl: `${issuer}/cb`,
        clientMetadata: { redirect_uris: [`${issuer}/cb`] },
        clientInformation: () => ({ client_id: 'c', issuer: `${issuer}/` }),
        tokens: () => ({
          access_token: 'a',
          token_type: 'Bearer',
          refresh_token: 'r',
          issuer: `${issuer}/`,
        }),
        saveTokens() {},
        redirectToAuthorization() {
          throw new Error('The user is asked.');
        },
        saveCodeVerifier() {},
        codeVerifier: () => 'v',
      },
      {
        serverUrl: `${issuer}/mcp`,
        scope: 'weather:write',
        fetchFn: async (url, init) => {
          const { pathname } = new URL(url);
          if (pathname !== '/token') return new Response(null, { status: 404 });
          asked.push({ path: pathname, form: new URLSearchParams(init?.body as string) });
          return Response.json({ access_token: 'b', token_type: 'Bearer' });
        },
      },
    );
    expect(result).toBe('AUTHORIZED');
    expect(asked.map(({ form }) => [form.get('grant_type'), form.get('scope')])).toEqual([
      ['refresh_token', null],
    ]);
  });

  describe('the reference', () => {
    let reference: ServedReference;
    beforeAll(async () => {
      reference = await serveReference();
    });
    afterAll(() => reference.close());

    const call = async (name: string) =>
      fetch(reference.config.resource, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await reference.token('alice', 'weather:read')}`,
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name, arguments: {} },
        }),
      });

    test('refuses a hidden tool with 403, and one that is not there with a result', async () => {
      expect((await call('list_all_alerts')).status).toBe(403);
      const answer = await call('no_such_tool');
      expect(answer.status).toBe(200);
      const text = await answer.text();
      expect(text).toContain('INVALID_INPUT');
      expect(text).toContain('There is no tool of this name.');
    });
  });
});

test('lesson 08: z.object drops what it does not know, and z.coerce makes a text of a list', () => {
  expect(z.object({ city: z.string() }).parse({ city: 'Oslo', user: 'alice' })).toEqual({
    city: 'Oslo',
  });
  expect(z.strictObject({ city: z.string() }).safeParse({ city: 'Oslo', user: 'x' }).success).toBe(
    false,
  );
  expect(z.coerce.string().parse(['Paris'])).toBe('Paris');
});

test('lesson 08: a check after max runs on a text that is too long, unless max aborts', () => {
  let seen = 0;
  const count = () => ++seen > 0;
  z.string().max(1).refine(count).safeParse('ab');
  expect(seen).toBe(1);
  z.string().max(1, { abort: true }).refine(count).safeParse('ab');
  expect(seen).toBe(1);
});

test('lesson 09: exec ignores an array of arguments, and execFile takes it', async () => {
  const print = `"${process.execPath}" -p "process.argv.length"`;
  const said = (start: (done: (error: Error | null, out: string) => void) => unknown) =>
    new Promise<string>((resolve, reject) =>
      start((error, out) => (error ? reject(error) : resolve(out.trim()))),
    );
  expect(await said((done) => exec(print, ['more', 'words'] as never, done as never))).toBe('1');
  const words = ['-p', 'process.argv.length', 'more', 'words'];
  expect(await said((done) => execFile(process.execPath, words, done))).toBe('3');
});

describe('lesson 11', () => {
  function headersOf(options?: HelmetOptions): Record<string, string> {
    const headers: Record<string, string> = {};
    const response = {
      setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
      removeHeader() {},
    };
    helmet(options)({} as IncomingMessage, response as unknown as ServerResponse, () => {});
    return headers;
  }

  test('helmet lets one’s own pages frame, and speaks of https over plain http', () => {
    const headers = headersOf();
    expect(headers['content-security-policy']).toContain("frame-ancestors 'self'");
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(headers['strict-transport-security']).toContain('includeSubDomains');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('helmet lets nobody frame, once it is told', () => {
    const headers = headersOf({
      contentSecurityPolicy: { directives: { frameAncestors: ["'none'"] } },
      xFrameOptions: { action: 'deny' },
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-frame-options']).toBe('DENY');
  });

  const tellHostname: RequestHandler = ({ hostname }, response) => void response.json(hostname);

  test('request.hostname has no port, keeps capitals, and is the client’s word behind a proxy', async () => {
    const headers = { host: '[::1]:3001', 'x-forwarded-host': 'evil.example' };
    expect((await answerOf([tellHostname], headers)).body).toBe('[::1]');
    expect((await answerOf([tellHostname], { host: 'LocalHost:1' })).body).toBe('LocalHost');
    const trusting = express().set('trust proxy', true);
    expect((await answerOf([tellHostname], headers, trusting)).body).toBe('evil.example');
  });

  test.each([
    ['[::1]:3001', 200],
    ['LOCALHOST:9', 200],
    ['evil.example:3001', 403],
  ])('hostHeaderValidation of the SDK, called %s, answers %i', async (host, status) => {
    const guard = hostHeaderValidation(['localhost', '[::1]']);
    expect((await answerOf([guard, tellHostname], { host })).status).toBe(status);
  });
});

describe('lesson 16: the codec of the SDK', () => {
  const NO_CONTEXT = {} as ServerContext;
  const codec = createRequestStateCodec<{ about: string }>({ key: 'k'.repeat(32) });
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

  test('takes one state in several spellings, and as often as it comes', async () => {
    const state = await codec.mint({ about: 'alert 5' });
    const last = ALPHABET.indexOf(state.slice(-1));
    const otherBits = state.slice(0, -1) + ALPHABET.charAt(last ^ 1);
    for (const spelling of [state, state, `${state}=`, `${state} `, `${state}\n`, otherBits]) {
      expect(await codec.verify(spelling, NO_CONTEXT)).toEqual({ about: 'alert 5' });
    }
  });

  test('shows what it signs, ends after ten minutes, and knows no user unless it is told', async () => {
    const state = await codec.mint({ about: 'alert 5' });
    const shown: unknown = JSON.parse(
      Buffer.from(state.split('.')[1] ?? '', 'base64url').toString(),
    );
    const inTenMinutes = Math.floor(Date.now() / 1000) + 600;
    const { p, exp, ...others } = shown as { p: unknown; exp: number };
    expect(p).toEqual({ about: 'alert 5' });
    expect(Math.abs(exp - inTenMinutes)).toBeLessThan(10);
    expect(others).toEqual({});
  });
});
