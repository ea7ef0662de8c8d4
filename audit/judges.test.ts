/** Where a judge might be unfair: what looks wrong and is not, or cannot be known. */
import { describe, expect, test } from 'vitest';
import { requirements } from './checklist.ts';
import { error, reply, result, seenWith } from './seen-for-tests.ts';
import { FOREIGN_ORIGIN, type Seen } from './seen.ts';

const stateOf = (id: string, seen: Seen): string => {
  const requirement = requirements.find((one) => one.id === id);
  if (!requirement) throw new Error(`There is no ${id}.`);
  return requirement.judge(seen).state;
};

const legacy = (protocolVersion: string) => result({ protocolVersion });
const modern = result({ resultType: 'complete', supportedVersions: ['2026-07-28'] });
const refused = (challenge: string) => reply(401, {}, { 'www-authenticate': challenge });

test('of what was not asked, nothing is said', () => {
  const seen = seenWith({}, { certificate: { kind: 'none' }, url: new URL('http://127.0.0.1/') });
  const states = requirements.map(({ judge }) => judge({ ...seen, isLoopback: true }).state);
  expect(new Set(states)).toEqual(new Set(['cannot-tell', 'not-applicable']));
});

describe('Origin', () => {
  const open = { initialize: legacy('2025-11-25') };
  test.each([
    ['403', reply(403), open, 'pass'],
    ['a result', result({}), open, 'fail'],
    ['400', reply(400), open, 'fail'],
    [
      '400, of a revision that did not name a status',
      reply(400),
      { initialize: legacy('2025-03-26') },
      'pass',
    ],
    ['401, as without Origin', reply(401), { initialize: reply(401) }, 'cannot-tell'],
    ['403, as without Origin', reply(403), { initialize: reply(403) }, 'cannot-tell'],
    ['a page', reply(200, '<p>', { 'content-type': 'text/html' }), {}, 'cannot-tell'],
    ['503', reply(503), open, 'cannot-tell'],
  ])('%s', (_what, answer, others, state) => {
    expect(
      stateOf('origin-validated', seenWith({ ...others, 'legacy foreign origin': answer })),
    ).toBe(state);
  });
});

describe('the metadata of an authorization server', () => {
  const issuer = 'https://login.example';
  const forPrograms = { issuer, token_endpoint: `${issuer}/token`, response_types_supported: [] };
  const forUsers = {
    ...forPrograms,
    authorization_endpoint: `${issuer}/authorize`,
    response_types_supported: ['code'],
  };
  test.each([
    ['no grant named, and all there is', forUsers, 'pass'],
    ['no grant named, and no place for users', forPrograms, 'fail'],
    [
      'codes, and no place for users',
      { ...forPrograms, grant_types_supported: ['authorization_code'] },
      'fail',
    ],
    [
      'programs only, and no place for users',
      { ...forPrograms, grant_types_supported: ['client_credentials'] },
      'pass',
    ],
  ])('%s', (_what, document, state) => {
    const seen = seenWith({ 'server metadata': reply(200, document) });
    expect(stateOf('server-metadata-complete', seen)).toBe(state);
  });
});

describe('CORS', () => {
  const allow = (origin: string, status = 200) =>
    status === 200
      ? result({}, { 'access-control-allow-origin': origin })
      : reply(status, '', { 'access-control-allow-origin': origin });
  test.each([
    ['nobody', reply(204), result({}), 'pass'],
    [
      'one origin, always the same',
      allow('https://app.example', 204),
      allow('https://app.example'),
      'pass',
    ],
    ['everybody, on a refusal', allow('*', 204), allow('*', 403), 'cannot-tell'],
    ['everybody, on a result', allow('*', 204), allow('*'), 'fail'],
    ['whoever asks', allow(FOREIGN_ORIGIN, 204), reply(403), 'fail'],
  ])('%s', (_what, preflight, posted, state) => {
    const seen = seenWith({ preflight, 'legacy foreign origin': posted });
    expect(stateOf('cors-known-readers', seen)).toBe(state);
  });
});

describe('the resource that metadata names', () => {
  test.each([
    ['https://weather.example/mcp', 'pass'],
    ['https://weather.example/mcp/', 'pass'],
    ['https://weather.example', 'cannot-tell'],
    ['https://weather.example/mcp?tenant=1', 'cannot-tell'],
    ['https://Weather.Example:443/mcp', 'cannot-tell'],
    ['https://weather.example/mc', 'fail'],
    ['https://other.example/mcp', 'fail'],
    ['urn:weather', 'fail'],
  ])('%s', (resource, state) => {
    const answers = { 'metadata at the path': reply(200, { resource }) };
    expect(stateOf('resource-identical', seenWith(answers))).toBe(state);
  });

  test('may be another name of this machine', () => {
    const answers = {
      'metadata at the path': reply(200, { resource: 'http://127.0.0.1:3001/mcp' }),
    };
    const seen = seenWith(answers, { url: new URL('http://localhost:3001/mcp') });
    expect(stateOf('resource-identical', seen)).toBe('cannot-tell');
  });

  test('may be another’s at the root', () => {
    const [here, there] = ['https://weather.example/mcp', 'https://weather.example/other'];
    const of = (resource: string, server: string) =>
      reply(200, { resource, authorization_servers: [server] });
    const seen = seenWith({
      'metadata at the path': of(here, 'https://one.example'),
      'metadata at the root': of(there, 'https://two.example'),
    });
    expect(stateOf('metadata-agrees', seen)).toBe('not-applicable');
  });
});

describe('authorization is optional', () => {
  const open = seenWith({ 'anonymous initialize': legacy('2025-11-25') });
  test.each(['resource-metadata', 'made-up-token-refused', 'challenge-sent', 'pkce-s256'])(
    '%s is not asked of a server without',
    (id) => expect(stateOf(id, open)).toMatch(/^(?:cannot-tell|not-applicable)$/),
  );

  test.each([
    ['Bearer', 'pass'],
    ['Basic realm="weather"', 'cannot-tell'],
  ])('the challenge %s', (challenge, state) => {
    const seen = seenWith({ 'anonymous initialize': refused(challenge) });
    expect(stateOf('challenge-sent', seen)).toBe(state);
  });

  test('a made-up token may be ignored where nothing speaks of OAuth', () => {
    const seen = seenWith({
      'anonymous initialize': legacy('2025-11-25'),
      'legacy made-up token': result({}),
    });
    expect(stateOf('made-up-token-refused', seen)).toBe('not-applicable');
  });
});

describe('revisions', () => {
  test.each([
    ['2025-11-25', 'fail', 'fail'],
    ['2025-03-26', 'not-applicable', 'not-applicable'],
  ])('%s', (version, unknownVersion, batch) => {
    const seen = seenWith({
      initialize: legacy(version),
      'legacy unknown version': result({}),
      'legacy batch': reply(
        200,
        [1, 2].map((id) => ({ jsonrpc: '2.0', id, result: {} })),
      ),
    });
    expect(stateOf('version-refused', seen)).toBe(unknownVersion);
    expect(stateOf('one-message', seen)).toBe(batch);
  });

  test('the error codes of 2026-07-28 are asked of its servers only', () => {
    const plain = error(200, -32_601);
    const earlier = seenWith({ initialize: legacy('2025-11-25'), 'legacy unknown method': plain });
    const today = seenWith({ discover: modern, 'modern unknown method': plain });
    expect(stateOf('unknown-method-refused', earlier)).toBe('pass');
    expect(stateOf('unknown-method-refused', today)).toBe('fail');
  });

  test('a server of both may have GET and DELETE, and sessions in the earlier one', () => {
    const session = { 'mcp-session-id': 'x'.repeat(32) };
    const stream = reply(200, '', { 'content-type': 'text/event-stream' });
    const seen = seenWith({
      discover: modern,
      initialize: result({ protocolVersion: '2025-11-25' }, session),
      'legacy get': stream,
    });
    expect(stateOf('no-session', seen)).toBe('pass');
    expect(stateOf('get-and-delete-refused', seen)).toBe('not-applicable');
    expect(stateOf('get-answered', seen)).toBe('pass');
  });

  test('a server of 2026-07-28 that asks for another version is known by its error', () => {
    const seen = seenWith({ discover: error(400, -32_022, { supported: ['2027-01-01'] }) });
    expect(stateOf('speaks-mcp', seen)).toBe('pass');
    expect(stateOf('discover-implemented', seen)).toBe('cannot-tell');
  });

  test('an earlier server need not know server/discover, whatever it answers', () => {
    const missing = error(404, -32_601);
    const earlier = seenWith({ discover: missing, initialize: legacy('2025-11-25') });
    expect(stateOf('discover-implemented', earlier)).toBe('not-applicable');
    const today = seenWith({ discover: missing, initialize: missing });
    expect(stateOf('discover-implemented', today)).toBe('fail');
  });
});

describe('errors', () => {
  test.each([
    ['a link', '<a href="/home/about">Home</a> at 10:30:15', 'pass'],
    ['a stack', 'Error\n    at run (/srv/app/index.js:10:5)', 'fail'],
    ['a stack of Node’s own', 'at node:internal/main:1:2', 'fail'],
    ['a stack of Python', 'Traceback (most recent call last):', 'fail'],
    ['a path of Windows', 'C:\\inetpub\\weather\\index.js:12', 'fail'],
  ])('%s', (_what, body, state) => {
    expect(stateOf('errors-tell-nothing', seenWith({ 'broken json': reply(400, body) }))).toBe(
      state,
    );
  });

  test.each([
    [reply(413), 'pass'],
    [result({}), 'fail'],
    [reply(401), 'cannot-tell'],
    [reply(200, '<p>'), 'cannot-tell'],
  ])('a long body, %#', (answer, state) => {
    expect(stateOf('body-limited', seenWith({ 'long body': answer }))).toBe(state);
  });
});
