/** Tokens from elsewhere: whose keys count, for how long, and what is not served then. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createKeyRing, makeSigningKey } from '../../../exercises/weather-server/signing-keys.ts';
import { createWorld } from '../../../exercises/weather-server/world/world.ts';
import { createApp, toServerConfig } from '../src/app.ts';
import { controls } from '../src/controls.ts';
import { followIssuer } from '../src/issuer-keys.ts';
import { createLog } from '../src/log.ts';
import { readSettings } from '../src/settings.ts';

const ISSUER = 'https://login.example.com/tenant';
const JWKS = 'https://login.example.com/keys';
const FIVE_MINUTES = 5 * 60_000;
const key = (kid: string) => ({ kty: 'EC', kid, crv: 'P-256', x: 'x', y: 'y' });
// The log is as it is in production, but for what it says here.
const log = createLog('fatal');

afterEach(() => vi.useRealTimers());

/** A web that has `documents`, by address; a function is asked each time. */
const webOf =
  (documents: Record<string, unknown>): typeof fetch =>
  async (url) => {
    const found = documents[String(url)];
    const document: unknown = typeof found === 'function' ? (found as () => unknown)() : found;
    return document === undefined
      ? new Response('not found', { status: 404 })
      : Response.json(document);
  };

const OAUTH = 'https://login.example.com/.well-known/oauth-authorization-server/tenant';
const OPENID = 'https://login.example.com/tenant/.well-known/openid-configuration';

describe('an issuer', () => {
  test.each([OAUTH, OPENID])('is found at %s', async (place) => {
    const keys = await followIssuer(
      ISSUER,
      log,
      webOf({ [place]: { issuer: ISSUER, jwks_uri: JWKS }, [JWKS]: { keys: [key('a')] } }),
    );
    expect(keys.jwksUri).toBe(JWKS);
    expect(keys.jwks().keys).toEqual([key('a')]);
    keys.close();
  });

  test.each([
    ['another issuer', { issuer: `${ISSUER}/`, jwks_uri: JWKS }],
    ['keys over plain http', { issuer: ISSUER, jwks_uri: 'http://login.example.com/keys' }],
    ['no keys', { issuer: ISSUER }],
  ])('that names %s is refused', async (_name, metadata) => {
    const web = webOf({ [OAUTH]: metadata, [JWKS]: { keys: [] } });
    await expect(followIssuer(ISSUER, log, web)).rejects.toThrow('no metadata');
  });

  test.each([
    ['a secret', { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }],
    ['what is no set', { a: 1 }],
    ['half a megabyte', { keys: [], more: 'x'.repeat(512 * 1024) }],
  ])('that publishes %s as keys is refused', async (_name, set) => {
    const web = webOf({ [OAUTH]: { issuer: ISSUER, jwks_uri: JWKS }, [JWKS]: set });
    await expect(followIssuer(ISSUER, log, web)).rejects.toThrow();
  });

  test('its new keys count within minutes, and the old ones for an hour of silence', async () => {
    vi.useFakeTimers();
    let set: unknown = { keys: [key('a')] };
    const keys = await followIssuer(
      ISSUER,
      log,
      webOf({ [OAUTH]: { issuer: ISSUER, jwks_uri: JWKS }, [JWKS]: () => set }),
    );
    set = { keys: [key('b')] };
    await vi.advanceTimersByTimeAsync(FIVE_MINUTES);
    expect(keys.jwks().keys).toEqual([key('b')]);
    set = undefined;
    await vi.advanceTimersByTimeAsync(11 * FIVE_MINUTES);
    expect(keys.jwks().keys).toEqual([key('b')]);
    await vi.advanceTimersByTimeAsync(2 * FIVE_MINUTES);
    expect(keys.jwks().keys).toEqual([]);
    keys.close();
  });
});

test('nobody can sign in here when tokens come from elsewhere', async () => {
  const world = createWorld();
  const config = { ...toServerConfig(readSettings({})), issuer: ISSUER };
  const keys = createKeyRing(await makeSigningKey());
  const app = createApp(controls, world, config, keys, undefined, { hasExternalIssuer: true });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    for (const place of ['authorize', 'token', 'register', 'jwks', 'AUTHORIZE', 'token/']) {
      for (const method of ['GET', 'POST']) {
        expect((await fetch(`${origin}/${place}`, { method })).status).toBe(404);
      }
    }
    const metadata = `${origin}/.well-known/oauth-authorization-server`;
    expect((await fetch(metadata)).status).toBe(404);
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  } finally {
    server.closeAllConnections();
    server.close();
    world.close();
  }
});
