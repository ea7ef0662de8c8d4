/** What an answer tells, and what it does not: the question may have missed, or the answer is plain. */
import { describe, expect, test } from 'vitest';
import { judge } from './audit-server.ts';
import { error, reply, result, seenWith } from './seen-for-tests.ts';
import { FOREIGN_HOST, silence, STATE, type Seen } from './seen.ts';

const find = (id: string, seen: Seen) => {
  const item = judge(seen).find((one) => one.id === id);
  if (!item) throw new Error(`There is no ${id}.`);
  return item;
};
const stateOf = (id: string, seen: Seen): string => find(id, seen).state;

const legacy = result({ protocolVersion: '2025-11-25' });
const modern = result({ resultType: 'complete', supportedVersions: ['2026-07-28'] });
const challenge = reply(401, {}, { 'www-authenticate': 'Bearer realm="weather"' });
const guarded = {
  'anonymous initialize': challenge,
  'anonymous discover': challenge,
  initialize: legacy,
};

describe('a server of two revisions', () => {
  const both = { discover: modern, initialize: legacy };
  const two = reply(
    200,
    [1, 2].map((id) => ({ jsonrpc: '2.0', id, result: {} })),
  );

  test('fails if either half does, and the evidence says which', () => {
    const seen = seenWith({ ...both, 'modern batch': error(400, -32_600), 'legacy batch': two });
    expect(find('one-message', seen)).toMatchObject({
      state: 'fail',
      evidence: expect.stringMatching(/^2025-11-25: /),
    });
  });

  test('is not passed for one half', () => {
    const seen = seenWith({ ...both, 'modern batch': error(400, -32_600) });
    expect(stateOf('one-message', seen)).toBe('cannot-tell');
  });

  test('is asked about notifications and GET of the earlier one', () => {
    const seen = seenWith({ ...both, initialized: reply(200), 'legacy get': reply(200, {}) });
    expect(stateOf('notification-accepted', seen)).toBe('fail');
    expect(stateOf('get-answered', seen)).toBe('fail');
  });

  test('is open if either half lists its tools', () => {
    const seen = seenWith({
      ...both,
      'anonymous initialize': challenge,
      'anonymous discover': modern,
      'modern anonymous tools': result({ tools: [{ name: 'get_weather' }] }),
    });
    expect(stateOf('token-asked-for', seen)).toBe('fail');
  });
});

describe('GET with the session that was begun', () => {
  test.each([
    ['405', reply(405), 'pass'],
    ['a stream', reply(200, '', { 'content-type': 'text/event-stream' }), 'pass'],
    ['400', reply(400), 'fail'],
    ['404', reply(404), 'fail'],
    ['500', reply(500), 'fail'],
    ['JSON', reply(200, {}), 'fail'],
    ['403', reply(403), 'cannot-tell'],
    ['503', reply(503), 'cannot-tell'],
  ])('%s', (_what, answer, state) => {
    const seen = seenWith({ initialize: legacy, 'legacy get': answer });
    expect(stateOf('get-answered', seen)).toBe(state);
  });
});

describe('nothing passes', () => {
  test('at a path that is none', () => {
    const missing = reply(404, '<p>Not found</p>', { 'content-type': 'text/html' });
    const seen = seenWith({
      'anonymous initialize': missing,
      'anonymous discover': missing,
      'broken json': missing,
      'long body': reply(413),
      preflight: missing,
      'legacy foreign origin': missing,
    });
    const passed = judge(seen).filter(({ state }) => state === 'pass');
    expect(passed.map(({ id }) => id)).toEqual(['tls', 'certificate-valid']);
  });

  test('where a right body is refused in the same way', () => {
    const refused = reply(400);
    const seen = seenWith({ initialize: refused, discover: challenge, 'broken json': refused });
    expect(stateOf('broken-json-refused', seen)).toBe('cannot-tell');
  });

  test('where the token itself is not accepted', () => {
    const seen = seenWith({ ...guarded, initialize: challenge, 'altered token': challenge });
    expect(stateOf('altered-token-refused', seen)).toBe('cannot-tell');
  });

  test('where no client is registered at all', () => {
    const refused = reply(400, { error: 'invalid_client_metadata' });
    const seen = seenWith({
      ...guarded,
      register: refused,
      'register a foreign redirect': refused,
    });
    expect(stateOf('registered-redirects-safe', seen)).toBe('cannot-tell');
  });

  test('where a document would be compared with itself', () => {
    const document = reply(200, { resource: 'x', authorization_servers: ['https://one.example'] });
    const seen = seenWith({
      ...guarded,
      'metadata of the challenge': document,
      'metadata at the path': document,
    });
    expect(stateOf('metadata-agrees', seen)).toBe('not-applicable');
  });
});

test.each([
  [
    'challenge for a forwarded host',
    reply(401, {}, { 'www-authenticate': `Bearer resource_metadata="https://${FOREIGN_HOST}/x"` }),
    'fail',
  ],
  ['challenge for a foreign host', reply(403, { error: `${FOREIGN_HOST} is not served` }), 'pass'],
  [
    'server metadata for a forwarded host',
    reply(200, { issuer: `https://${FOREIGN_HOST}` }),
    'fail',
  ],
] as const)('the host of the request in the %s', (probe, answer, state) => {
  expect(stateOf('metadata-from-configuration', seenWith({ ...guarded, [probe]: answer }))).toBe(
    state,
  );
});

test('a document of another kind is not where the challenge leads', () => {
  const seen = seenWith({
    ...guarded,
    'anonymous initialize': reply(
      401,
      {},
      { 'www-authenticate': 'Bearer resource_metadata="https://weather.example/x"' },
    ),
    'metadata of the challenge': reply(200, { hello: 'world' }),
  });
  expect(stateOf('challenge-leads-to-metadata', seen)).toBe('fail');
});

test('a token in the query may be refused in any way, but not taken', () => {
  const judged = (status: number, body: object = {}): string =>
    stateOf(
      'query-token-ignored',
      seenWith({ ...guarded, 'token in the query': reply(status, body) }),
    );
  expect([400, 401, 403, 404].map((status) => judged(status))).toEqual(Array(4).fill('pass'));
  expect(judged(200, { jsonrpc: '2.0', id: 1, result: {} })).toBe('fail');
  expect(judged(503)).toBe('cannot-tell');
});

describe('a status tells, where a right request is answered', () => {
  test.each([
    ['version-refused', 'legacy unknown version', [404, 500]],
    ['made-up-token-refused', 'legacy made-up token', [400, 403, 500]],
    ['altered-token-refused', 'altered token', [400, 500]],
    ['json-only', 'legacy plain text', [500]],
  ] as const)('%s', (id, probe, statuses) => {
    for (const status of statuses) {
      expect(stateOf(id, seenWith({ ...guarded, [probe]: reply(status) })), `${status}`).toBe(
        'fail',
      );
    }
    expect(stateOf(id, seenWith({ ...guarded, [probe]: reply(503) }))).toBe('cannot-tell');
  });

  test.each([
    ['goes on', legacy, 'pass'],
    ['answers otherwise', reply(500), 'fail'],
    ['is gone', { ...silence('There was no answer.'), isEnded: false }, 'fail'],
    ['was not asked', silence('It was not asked.'), 'cannot-tell'],
  ])('a connection that ends under a long body, and the server %s', (_what, after, state) => {
    const seen = seenWith({
      initialize: legacy,
      'long body': { ...silence('There was no answer.'), isEnded: true },
      'after the long body': after,
    });
    expect(stateOf('body-limited', seen)).toBe(state);
  });
});

describe('the authorization endpoint', () => {
  const issuer = 'https://login.example';
  const metadata = reply(200, { issuer, authorization_endpoint: `${issuer}/authorize` });
  const html = (body: string) => reply(200, body, { 'content-type': 'text/html' });
  const to = (location: string) => reply(302, '', { location });
  const consent = html('<form><input name="code_challenge"><button name="decision">Allow</form>');
  const bare = html('<form><button name="decision">Allow</form>');
  const signIn = html('<form><input name="user"><input type="password" name="word"></form>');
  test.each([
    ['its own page of errors', to(`${issuer}/error?error=invalid_request`), to('/login'), 'pass'],
    ['a page to sign in, as always', to('/login'), to('/login'), 'cannot-tell'],
    ['the page of consent', bare, consent, 'fail'],
    ['a page that asks who one is', signIn, signIn, 'cannot-tell'],
    ['the refusal that everybody gets', reply(400), reply(400), 'cannot-tell'],
    [
      'an error that everybody gets',
      to(`http://127.0.0.1:9/callback?error=invalid_scope&state=${STATE}`),
      to(`http://127.0.0.1:9/callback?error=invalid_scope&state=${STATE}`),
      'cannot-tell',
    ],
  ])('shows %s to a request without a challenge', (_what, without, ordinary, state) => {
    const seen = seenWith({
      ...guarded,
      'server metadata': metadata,
      authorize: ordinary,
      'authorize without pkce': without,
    });
    expect(stateOf('pkce-required', seen)).toBe(state);
  });
});

test('a limit of registration is none of the endpoint', () => {
  const seen = seenWith({ ...guarded, register: reply(201, {}, { 'ratelimit-limit': '20' }) });
  expect(stateOf('limit-named', seen)).toBe('cannot-tell');
});

test('a star in CORS opens nothing where a token is asked for', () => {
  const star = { 'access-control-allow-origin': '*' };
  const answers = { preflight: reply(204, '', star), 'legacy foreign origin': result({}, star) };
  expect(stateOf('cors-known-readers', seenWith({ ...guarded, ...answers }))).toBe('pass');
  const open = seenWith({ 'anonymous initialize': legacy, initialize: legacy, ...answers });
  expect(stateOf('cors-known-readers', open)).toBe('fail');
});

test('a 401 without any challenge is said to have none', () => {
  const seen = seenWith({ 'anonymous initialize': reply(401) });
  expect(find('challenge-leads-to-metadata', seen).evidence).toMatch(/no challenge/);
});

test('headers are tried one by one, and the evidence names the one that was not missed', () => {
  const refused = error(400, -32_020);
  const seen = seenWith({
    discover: modern,
    'method missing': refused,
    'version missing': refused,
    'name missing': error(200, -32_602),
    'method mismatch': refused,
    'version mismatch': modern,
    'name mismatch': refused,
  });
  expect(find('header-missing-refused', seen)).toMatchObject({ state: 'fail' });
  expect(find('header-missing-refused', seen).evidence).toContain('Mcp-Name');
  expect(find('header-mismatch-refused', seen).evidence).toContain('MCP-Protocol-Version');
});

test('Origin: null is an origin that is not known', () => {
  const answers = {
    initialize: legacy,
    'legacy foreign origin': reply(403),
    'null origin': legacy,
  };
  expect(stateOf('origin-validated', seenWith(answers))).toBe('fail');
});
