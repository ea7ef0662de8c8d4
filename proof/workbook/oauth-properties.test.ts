/** What must hold of the reference's OAuth controls for any input, tried on generated ones. */
import fc from 'fast-check';
import { jwtVerify, createLocalJWKSet } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { signAccessToken } from '../../exercises/weather-server/token-endpoint.ts';
import { weatherServerConfig } from '../../exercises/weather-server/config.ts';
import type { Actor, Grant, RegisteredClient } from '../../exercises/weather-server/controls.ts';
import { InsufficientScopeError, OAuthError } from '../../exercises/weather-server/errors.ts';
import { createKeyRing, makeSigningKey } from '../../exercises/weather-server/signing-keys.ts';
import { Tape } from '../../exercises/weather-server/world/tape.ts';
import { openWeb } from '../../exercises/weather-server/world/web.ts';
import { resolveClientDocument } from '../../solutions/02-client-registration/client-document.ts';
import { isAcceptableRedirectUri } from '../../solutions/02-client-registration/register-client.ts';
import { verifyCodeChallenge } from '../../solutions/03-pkce/authorization-request.ts';
import { matchRedirectUri } from '../../solutions/03-pkce/redirect-and-consent.ts';
import { createGrantStore } from '../../solutions/04-token-grants/grant-store.ts';
import { authorizeTool, listVisibleTools } from '../../solutions/06-scopes/scopes.ts';
import { s256 } from '../../catalogue/attacks/oauth-client.ts';

const config = weatherServerConfig('http://127.0.0.1:3001');

const refusal = <T>(work: () => T): T | OAuthError => {
  try {
    return work();
  } catch (error) {
    if (error instanceof OAuthError) return error;
    throw error;
  }
};

/** Text that is nearly a URL. */
const urlLike = fc
  .array(
    fc.constantFrom(
      'http://',
      'https://',
      'HTTP://',
      '127.0.0.1',
      '127.1',
      '[::1]',
      'localhost',
      'app.example',
      'evil.example',
      ':3000',
      ':70000',
      ':',
      '@',
      '/cb',
      '/',
      '//',
      '\\',
      '?x=1',
      '#f',
      '*',
      '.',
      '%2f',
      ' ',
      '\n',
      'é',
      'javascript:',
      'com.example.app:/cb',
    ),
    { maxLength: 7 },
  )
  .map((parts) => parts.join(''));

describe('redirect URIs', () => {
  test('an acceptable one leads to https, to loopback, or to a private-use scheme', () => {
    fc.assert(
      fc.property(fc.oneof(urlLike, fc.webUrl({ withFragments: true }), fc.string()), (uri) => {
        if (!isAcceptableRedirectUri(uri)) return;
        const { protocol, hostname, username, password, hash } = new URL(uri);
        expect([username, password, hash]).toEqual(['', '', '']);
        expect(uri).not.toMatch(/[\s\\#]/);
        if (protocol === 'http:') expect(['127.0.0.1', '[::1]', 'localhost']).toContain(hostname);
        else if (protocol !== 'https:') expect(protocol).toContain('.');
      }),
      { numRuns: 20_000 },
    );
  });

  test('a matched one is registered, or differs from a registered one in a loopback port', () => {
    fc.assert(
      fc.property(fc.array(urlLike, { minLength: 1, maxLength: 3 }), urlLike, (uris, asked) => {
        const registered = uris.filter(isAcceptableRedirectUri);
        const client = { client_id: 'c', redirect_uris: registered } as unknown as RegisteredClient;
        const matched = refusal(() => matchRedirectUri(asked, client));
        if (matched instanceof OAuthError) {
          expect(registered).not.toContain(asked);
          return;
        }
        expect(matched).toBe(asked);
        if (registered.includes(asked)) return;
        const { hostname, protocol, username } = new URL(asked);
        expect([protocol, username]).toEqual(['http:', '']);
        expect(['127.0.0.1', '[::1]', 'localhost']).toContain(hostname);
        const withoutPort = (uri: string) => uri.replace(/^(http:\/\/[^/?]*?):\d+(?=[/?]|$)/, '$1');
        expect(registered.map(withoutPort)).toContain(withoutPort(asked));
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('verifyCodeChallenge', () => {
  const unreserved = fc.string({
    unit: fc.constantFrom(...Array.from('ABCxyz019-._~')),
    minLength: 43,
    maxLength: 128,
  });

  test('takes every legal verifier for its own challenge, and for no other', () => {
    fc.assert(
      fc.property(unreserved, unreserved, (verifier, other) => {
        expect(verifyCodeChallenge(verifier, s256(verifier), 'S256')).toBe(true);
        expect(verifyCodeChallenge(other, s256(verifier), 'S256')).toBe(other === verifier);
      }),
    );
  });

  test('takes nothing else', () => {
    const any = fc.option(fc.oneof(fc.string({ unit: 'binary' }), unreserved), { nil: undefined });
    fc.assert(
      fc.property(any, any, fc.option(fc.constantFrom('S256', 'plain', 's256', '')), (v, c, m) => {
        const method = m ?? undefined;
        const isLegal = v !== undefined && /^[A-Za-z0-9\-._~]{43,128}$/.test(v);
        const fits = isLegal && c === s256(v) && method === 'S256';
        expect(verifyCodeChallenge(v, c, method)).toBe(fits);
      }),
    );
  });
});

describe('createGrantStore', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const grant: Grant = {
    subject: 'alice',
    clientId: 'a',
    redirectUri: 'http://127.0.0.1:9/cb',
    scopes: ['weather:read', 'weather:write'],
    resource: config.resource,
    codeChallenge: 'c',
    codeChallengeMethod: 'S256',
    mayRefresh: true,
  };
  const requestOf = (clientId: string, scope?: string) => ({
    clientId,
    redirectUri: undefined,
    resource: undefined,
    scope,
    provesPossession: () => true,
  });

  test('every handle works once, but for a moment of grace, and one that comes back ends its family and no other', async () => {
    const step = fc.record({
      which: fc.nat(20),
      client: fc.constantFrom('a', 'a', 'a', 'b'),
      scope: fc.constantFrom(undefined, 'weather:read', 'weather:read weather:admin'),
      waitMs: fc.constantFrom(0, 0, 0, 1000, 9_000, 61_000),
      begin: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const store = createGrantStore(config);
        type Known = {
          handle: string;
          kind: 'code' | 'refresh';
          family: number;
          usedAt?: number;
          successor?: Known;
        };
        const handles: Known[] = [];
        const dead = new Set<number>();
        const issuedAt = new Map<string, number>();
        let families = 0;
        const add = (handle: string, kind: Known['kind'], family: number): Known => {
          expect(issuedAt.has(handle)).toBe(false);
          issuedAt.set(handle, Date.now());
          const added: Known = { handle, kind, family };
          handles.push(added);
          return added;
        };
        for (const { which, client, scope, waitMs, begin } of steps) {
          vi.advanceTimersByTime(waitMs);
          if (begin || handles.length === 0) add(store.issueCode(grant), 'code', families++);
          const known = handles[which % handles.length]!;
          const { handle, kind, family } = known;
          const asked = requestOf(client, kind === 'refresh' ? scope : undefined);
          const isExpired = kind === 'code' && Date.now() - (issuedAt.get(handle) ?? 0) >= 60_000;
          const isOwn = client === 'a';
          const { usedAt, successor } = known;
          const isUsed = usedAt !== undefined;
          const inGrace =
            isUsed && Date.now() - usedAt < 10_000 && successor && successor.usedAt === undefined;
          if (isOwn && isUsed && !inGrace && !isExpired) dead.add(family);
          const isWide = kind === 'refresh' && scope?.includes('admin') === true;
          const mayPass =
            isOwn && !isExpired && (!isUsed || inGrace === true) && !dead.has(family) && !isWide;
          const result =
            kind === 'code'
              ? await attempt(async () => store.redeemCode(handle, asked))
              : await attempt(async () => store.rotateRefreshToken(handle, asked));
          expect(result instanceof OAuthError).toBe(!mayPass);
          if (result instanceof OAuthError) continue;
          known.usedAt ??= Date.now();
          if ('refreshToken' in result) {
            if (inGrace) expect(result.refreshToken).toBe(successor.handle);
            else known.successor = add(result.refreshToken, 'refresh', family);
            expect(result.grant.scopes).toEqual(scope ? [scope] : grant.scopes);
          } else {
            add(store.issueRefreshToken(result), 'refresh', family);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a refresh ignores scopes that mean nothing here, and gains none that was not granted', () => {
    const store = createGrantStore(config);
    const begin = () => store.issueRefreshToken({ ...grant, scopes: ['weather:read'] });
    const ask = async (scope: string) => store.rotateRefreshToken(begin(), requestOf('a', scope));
    return Promise.all([
      expect(ask('openid weather:read offline_access')).resolves.toMatchObject({
        grant: { scopes: ['weather:read'] },
      }),
      ...['openid', 'openid weather:admin', 'weather:write'].map((scope) =>
        expect(ask(scope)).rejects.toMatchObject({ code: 'invalid_scope' }),
      ),
    ]);
  });

  test('forgets what has expired', () => {
    const store = createGrantStore(config);
    const first = store.issueCode(grant);
    vi.advanceTimersByTime(61_000);
    expect(refusal(() => store.redeemCode(first, requestOf('a')))).toBeInstanceOf(OAuthError);
  });
});

async function attempt<T>(work: () => Promise<T>): Promise<T | OAuthError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OAuthError) return error;
    throw error;
  }
}

describe('resolveClientDocument', () => {
  const url = 'https://client.example/client.json';
  const body = {
    client_id: url,
    client_name: 'Weather',
    redirect_uris: ['https://client.example/cb'],
  };

  const resolveAt = (addresses: string[]) => {
    const tape = new Tape();
    const web = openWeb(tape);
    web.publish(url, { body });
    const all = { ...web, lookup: () => Promise.resolve(addresses) };
    return attempt(() => resolveClientDocument(url, all)).then((result) => ({ result, tape }));
  };

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.7',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::7f00:1',
    '64:ff9b::a00:1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2001::1',
    'not an address',
    '',
  ])('connects to nobody at %s, alone or behind a public address', async (address) => {
    for (const addresses of [[address], ['93.184.215.14', address]]) {
      const { result, tape } = await resolveAt(addresses);
      expect(result).toBeInstanceOf(OAuthError);
      expect(tape.entries()).toEqual([]);
    }
  });

  test('connects to a public address', async () => {
    const { result } = await resolveAt(['93.184.215.14']);
    expect(result).toMatchObject({ client_id: url, token_endpoint_auth_method: 'none' });
  });

  test('never looks up or fetches a client_id that is not a plain https URL', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(urlLike, fc.string()), async (clientId) => {
        let asked = '';
        const web = {
          lookup: (host: string) => ((asked = host), Promise.resolve([])),
          fetch: () => Promise.reject(new Error('must not be reached')),
        };
        expect(await attempt(() => resolveClientDocument(clientId, web))).toBeInstanceOf(
          OAuthError,
        );
        if (asked === '') return;
        const { protocol, href, username, search, hash, pathname } = new URL(clientId);
        expect([protocol, href, username, search, hash]).toEqual(['https:', clientId, '', '', '']);
        expect(pathname).not.toBe('/');
      }),
      { numRuns: 5000 },
    );
  });
});

describe('scopes', () => {
  const word = fc.constantFrom(
    'weather:read',
    'weather:write',
    'weather:admin',
    'weather',
    'weather:',
    'WEATHER:READ',
    'weather:admin_readonly',
    '__proto__',
    '',
  );

  test('what is listed may be called, what is not may not, and more scopes never mean less', () => {
    const tools = config.scopesSupported.map((scope) => ({ name: scope, scope }));
    const withOdd = [...tools, { name: 'odd', scope: 'weather:owner' }];
    const actorWith = (scopes: string[]): Actor => ({
      issuer: config.issuer,
      subject: 'alice',
      clientId: 'c',
      scopes,
    });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), word, (scopes, more) => {
        const actor = actorWith(scopes);
        const listed = listVisibleTools(actor, withOdd, config);
        for (const tool of withOdd) {
          const call = () => authorizeTool(actor, tool, config);
          if (listed.includes(tool)) expect(call).not.toThrow();
          else expect(call).toThrow(InsufficientScopeError);
        }
        const wider = listVisibleTools(actorWith([...scopes, more]), withOdd, config);
        expect(wider).toEqual(expect.arrayContaining([...listed]));
        const highest = Math.max(
          -1,
          ...scopes.map((scope) => config.scopesSupported.indexOf(scope)),
        );
        expect(listed).toEqual(tools.slice(0, highest + 1));
      }),
    );
    expect(listVisibleTools(undefined, withOdd, config)).toEqual([]);
  });
});

describe('signing keys', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  test('rotate daily, and the key before is published as long as its tokens may live', async () => {
    const ring = createKeyRing(await makeSigningKey());
    const day = 24 * 60 * 60_000;
    const verify = (token: string) =>
      jwtVerify(token, createLocalJWKSet(ring.jwks()), { currentDate: new Date() });
    const first = (await ring.current()).keyId;
    vi.setSystemTime(Date.now() + day - 60_000);
    const token = await signAccessToken({ sub: 'alice' }, 600, ring);
    expect((await ring.current()).keyId).toBe(first);

    vi.setSystemTime(Date.now() + 2 * 60_000);
    const [one, two] = await Promise.all([ring.current(), ring.current()]);
    expect(one.keyId).not.toBe(first);
    expect(two.keyId).toBe(one.keyId);
    expect(ring.jwks().keys.map(({ kid }) => kid)).toEqual([one.keyId, first]);
    await expect(verify(token)).resolves.toMatchObject({ payload: { sub: 'alice' } });
    await expect(verify(await signAccessToken({}, 600, ring))).resolves.toBeDefined();
    expect(JSON.stringify(ring.jwks())).not.toContain('"d"');

    vi.setSystemTime(Date.now() + 3 * day);
    const third = (await ring.current()).keyId;
    expect(ring.jwks().keys.map(({ kid }) => kid)).toEqual([third]);
  });
});
