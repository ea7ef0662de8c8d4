/** Who is known at the token endpoint, before any grant is looked at. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { weatherServerConfig } from './config.ts';
import { createWeatherServer } from './server.ts';
import { createKeyRing, makeSigningKey } from './signing-keys.ts';
import { unguarded } from './unguarded.ts';
import { createWorld } from './world/world.ts';

let server: Server;
let origin: string;
beforeEach(async () => {
  const keys = createKeyRing(await makeSigningKey());
  server = createServer((request, response) => app(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = createWeatherServer(unguarded, createWorld(), weatherServerConfig(origin), keys);
});
afterEach(() => server.close());

const ask = (form: Record<string, string>, authorization?: string): Promise<Response> =>
  fetch(`${origin}/token`, {
    method: 'POST',
    headers: authorization === undefined ? {} : { authorization },
    body: new URLSearchParams(form),
  });

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

async function register(): Promise<string> {
  const answer = await fetch(`${origin}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: ['http://127.0.0.1:9/callback'] }),
  });
  return ((await answer.json()) as { client_id: string }).client_id;
}

const A_GRANT: Record<string, string> = { grant_type: 'refresh_token', refresh_token: 'anything' };

describe('a client that is not known is told so, so that it registers again', () => {
  test.each([
    ['named in the form', { ...A_GRANT, client_id: '00000000-0000-4000-8000-000000000000' }],
    ['named by a URL that nobody agreed to', { ...A_GRANT, client_id: 'https://c.example/c.json' }],
    ['not named at all', A_GRANT],
    ['with a code', { grant_type: 'authorization_code', code: 'x', client_id: 'nobody' }],
    ['without any grant', { client_id: 'nobody' }],
    ['named like a member of every object', { ...A_GRANT, client_id: '__proto__' }],
  ])('%s', async (_how, form) => {
    const answer = await ask(form);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
  });

  test.each([
    ['with a secret', basic('nobody:secret')],
    ['without a secret', basic('nobody:')],
    ['in a scheme that is spelled otherwise', basic('nobody:').replace('Basic', 'bASIC')],
    ['by what is not base64', 'Basic %%%'],
    ['by nothing', 'Basic'],
  ])('named in Basic, %s: challenged in that scheme', async (_how, authorization) => {
    const answer = await ask(A_GRANT, authorization);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
    expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
  });
});

test('a client that is known, and uses Basic, is told that there are no secrets here', async () => {
  const clientId = await register();
  const answer = await ask(A_GRANT, basic(`${clientId}:`));
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
});

test('a client that is known is told what is wrong with its grant, and keeps its registration', async () => {
  const answer = await ask({ ...A_GRANT, client_id: await register() });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('www-authenticate')).toBeNull();
  expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
});
