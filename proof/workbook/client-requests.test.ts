/** What real clients ask of the reference, and were once refused for. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { weatherServerConfig } from '../../exercises/weather-server/config.ts';
import { registerClient } from '../../solutions/02-client-registration/register-client.ts';
import { validateAuthorizationRequest } from '../../solutions/03-pkce/authorization-request.ts';
import { serveReference, type ServedReference } from '../../catalogue/serve-reference.ts';
import { s256 } from '../../catalogue/attacks/oauth-client.ts';

const config = weatherServerConfig('http://127.0.0.1:3001');

const refusal = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('validateAuthorizationRequest', () => {
  const ask = (scope: string) =>
    refusal(() =>
      validateAuthorizationRequest(
        new URLSearchParams({
          response_type: 'code',
          scope,
          code_challenge: s256('a verifier'),
          code_challenge_method: 'S256',
        }),
        'http://127.0.0.1:9/cb',
        config,
      ),
    );

  test.each([
    ['openid weather:read offline_access', ['weather:read']],
    ['offline_access  weather:write', ['weather:write']],
    ['', ['weather:read']],
  ])('grants what it knows of “%s”', (scope, scopes) => {
    expect(ask(scope)).toMatchObject({ scopes });
  });

  test.each([['openid'], ['offline_access profile'], ['WEATHER:READ'], ['weather:read,openid']])(
    'refuses “%s”, of which it knows nothing',
    (scope) => {
      expect(ask(scope)).toMatchObject({ code: 'invalid_scope' });
    },
  );
});

describe('a registration', () => {
  const CURSOR = [
    'http://localhost:8787/callback',
    'https://www.cursor.com/agents/mcp/oauth/callback',
    'cursor://anysphere.cursor-mcp/oauth/callback',
  ];
  const register = (uris: unknown, more: object = {}) =>
    refusal(() => registerClient({ redirect_uris: uris, ...more }, config));

  test('takes an editor that is known by name, though its scheme is no reversed domain', () => {
    expect(register(CURSOR)).toMatchObject({ redirect_uris: CURSOR });
  });

  test.each([
    ['cursor://anysphere.cursor-mcp.evil.example/cb'],
    ['cursor://anysphere.cursor-mcp@evil.example/cb'],
    ['cursor://evil.example/cb'],
    ['cursor:/anysphere.cursor-mcp/cb'],
    ['CURSOR://anysphere.cursor-mcp/cb'],
    ['cursor://anysphere.cursor-mcp/cb#part'],
    ['cursor://anysphere.cursor-mcp\\evil.example/cb'],
    ['editor://some.editor/cb'],
  ])('refuses %s, and says which one it was', (uri) => {
    expect(register([CURSOR[0], uri])).toMatchObject({
      code: 'invalid_redirect_uri',
      message: expect.stringContaining('redirect_uris[1]') as string,
    });
  });

  test('names the member that it does not take', () => {
    expect(register(CURSOR, { client_name: 7 })).toMatchObject({
      code: 'invalid_client_metadata',
      message: expect.stringContaining('client_name') as string,
    });
    expect(register('no list')).toMatchObject({ code: 'invalid_redirect_uri' });
    expect(refusal(() => registerClient(null, config))).toMatchObject({
      code: 'invalid_client_metadata',
    });
  });
});

describe('a message', () => {
  let reference: ServedReference;
  beforeAll(async () => {
    reference = await serveReference();
  });
  afterAll(() => reference.close());

  const post = async (headers: Record<string, string>): Promise<number> => {
    const answer = await fetch(reference.config.resource, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await reference.token('alice')}`,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
    });
    return answer.status;
  };

  test('may come from a page of the server itself, and not from one at another port', async () => {
    const { origin, hostname } = new URL(reference.config.resource);
    expect(await post({ origin })).toBe(200);
    expect(await post({ origin: `http://${hostname}:1` })).toBe(403);
    expect(await post({ origin: `${origin}0` })).toBe(403);
    expect(await post({ origin: origin.replace('http:', 'https:') })).toBe(403);
  });

  test.each([
    ['application/json; charset=UTF8', 200],
    ['application/json;charset="utf8"', 200],
    ['application/json; charset=utf-8', 200],
    ['application/json; charset=utf-99', 415],
    ['text/plain; charset=utf8', 415],
  ])('of the type %s is answered %i', async (type, status) => {
    expect(await post({ 'content-type': type })).toBe(status);
  });
});
