/** Signing in at the reference, as a user with a browser does, and at servers that cheat. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  agreeInBrowser,
  serveReference,
  type ServedReference,
} from '../catalogue/serve-reference.ts';
import { AddressBook } from './address-book.ts';
import { auditServer, exitCodeOf } from './audit-server.ts';
import { LIMITS, PoliteClient } from './polite-client.ts';
import { reply } from './seen-for-tests.ts';
import { allSilent } from './seen.ts';
import { SignInFailed, signInWith } from './sign-in.ts';

let reference: ServedReference;
beforeAll(async () => {
  reference = await serveReference();
});
afterAll(() => reference.close());

async function agreeAndReturn(authorizationUrl: URL): Promise<void> {
  await fetch(await agreeInBrowser(authorizationUrl));
}

test('a user signs in, and the token is used and shown nowhere', async () => {
  let shown: URL | undefined;
  const signIn = signInWith({
    show(url) {
      shown = url;
      void agreeAndReturn(url);
    },
  });
  const url = new URL(reference.config.resource);
  const result = await auditServer({ url, signIn, limits: { pause: 0 } });
  expect(Object.fromEntries(shown?.searchParams ?? [])).toMatchObject({
    resource: reference.config.resource,
    scope: 'weather:read',
    code_challenge_method: 'S256',
  });
  expect(result.token).toBe('accepted');
  expect(exitCodeOf(result, 'medium')).toBe(0);
  expect(result.requests).toBeLessThanOrEqual(LIMITS.requests);
  expect(JSON.stringify(result)).not.toContain('eyJ');
  const stateOf = (id: string) => result.items.find((item) => item.id === id)?.state;

  expect(stateOf('code-once')).toBe('pass');
  // The reference has a grace, which one cannot see the end of.
  expect(stateOf('refresh-replaced')).toBe('cannot-tell');
});

describe('there is no token', () => {
  const issuer = () => reference.config.issuer;
  const signInAt = (metadata: object, answer: (state: string) => string, withinMs = 2000) => {
    const answers = allSilent('It was not asked.');
    answers['metadata at the path'] = reply(200, {
      resource: reference.config.resource,
      authorization_servers: [issuer()],
    });
    answers['server metadata'] = reply(200, {
      issuer: issuer(),
      authorization_endpoint: `${issuer()}/authorize`,
      token_endpoint: `${issuer()}/token`,
      code_challenge_methods_supported: ['S256'],
      ...metadata,
    });
    const client = new PoliteClient(new AddressBook(false), { limits: { pause: 0 } });
    const show = (url: URL): void => {
      const state = url.searchParams.get('state') ?? '';
      void fetch(`${url.searchParams.get('redirect_uri')}?${answer(state)}`);
    };
    return signInWith({ clientId: 'a-client', show, withinMs })(answers, client);
  };

  test.each<[string, object, (state: string) => string, RegExp]>([
    [
      'another issuer answers',
      {},
      (state) => `code=x&state=${state}&iss=https://evil.example`,
      /from “https:\/\/evil/,
    ],
    [
      'the promised iss is missing',
      { authorization_response_iss_parameter_supported: true },
      (state) => `code=x&state=${state}`,
      /no iss/,
    ],
    [
      'the user does not agree',
      {},
      (state) => `error=access_denied&state=${state}`,
      /access_denied/,
    ],
    ['the code is worth nothing', {}, (state) => `code=x&state=${state}`, /gave no token/],
    ['S256 is not offered', { code_challenge_methods_supported: ['plain'] }, () => '', /S256/],
    ['the metadata is another’s', { issuer: 'https://evil.example' }, () => '', /calls itself/],
    [
      'an endpoint is plain http',
      { authorization_endpoint: 'http://evil.example/' },
      () => '',
      /not https/,
    ],
  ])('if %s', async (_what, metadata, answer, why) => {
    const failed = signInAt(metadata, answer);
    await expect(failed).rejects.toThrow(SignInFailed);
    await expect(failed).rejects.toThrow(why);
  });

  test('if nobody signs in, and a stranger who does not know the state is nobody', async () => {
    const failed = signInAt({}, () => 'code=stolen&state=guessed', 200);
    await expect(failed).rejects.toThrow(/Nobody signed in/);
  });
});

/** An authorization server that registers clients as `answer` says, and notes what it was sent. */
async function signInWhere(answer: (asked: Record<string, unknown>) => object) {
  const seen: { registered?: Record<string, unknown>; redeemed?: string; as?: string } = {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      response.setHeader('content-type', 'application/json');
      if (request.url === '/register') {
        seen.registered = JSON.parse(body) as Record<string, unknown>;
        response.writeHead(201).end(JSON.stringify(answer(seen.registered)));
      } else {
        seen.redeemed = body;
        if (request.headers.authorization) seen.as = request.headers.authorization;
        response.end(JSON.stringify({ access_token: 'a-token', token_type: 'Bearer' }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answers = allSilent('It was not asked.');
  answers['metadata at the path'] = reply(200, {
    resource: `${issuer}/mcp`,
    authorization_servers: [issuer],
    scopes_supported: ['read', 'write'],
  });
  answers['server metadata'] = reply(200, {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    registration_endpoint: `${issuer}/register`,
    code_challenge_methods_supported: ['S256'],
  });
  const client = new PoliteClient(new AddressBook(false), { limits: { pause: 0 } });
  const show = (url: URL): void => {
    const { state, redirect_uri: back } = Object.fromEntries(url.searchParams);
    void fetch(`${back}?code=x&state=${state}`);
  };
  const { token } = (await signInWith({ show, withinMs: 5000 })(answers, client)) ?? {};
  server.close();
  server.closeAllConnections();
  return { ...seen, token };
}

describe('a client is registered', () => {
  const id = { client_id: 'c' };
  test('with the scope that it will ask for', async () => {
    const { registered } = await signInWhere(() => id);
    expect(registered).toMatchObject({ scope: 'read write' });
  });

  test('and needs no secret that it was given, if the answer says none', async () => {
    const { token, as } = await signInWhere(() => ({
      ...id,
      client_secret: 's',
      token_endpoint_auth_method: 'none',
    }));
    expect(token).toBe('a-token');
    expect(as).toBeUndefined();
  });

  test('and shows its secret as the answer says', async () => {
    const secret = { ...id, client_secret: 's' };
    const posted = await signInWhere(() => ({
      ...secret,
      token_endpoint_auth_method: 'client_secret_post',
    }));
    expect(posted.redeemed).toContain('client_secret=s');
    const basic = await signInWhere(() => secret);
    expect(basic.as).toBe(`Basic ${Buffer.from('c:s').toString('base64')}`);
  });
});
