/**
 * Whatever is sent to the OAuth endpoints of the reference, the answer is one that a client knows: a
 * registered error as JSON, a redirect to a registered address, or a page of the server's own; never
 * a stack, never a 500, never silence.
 *
 * @module-tag long
 */
import { Agent, request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CALLBACK } from '../../catalogue/attacks/oauth-client.ts';
import { serveReference, type ServedReference } from '../../catalogue/serve-reference.ts';

const RUNS = { numRuns: 2000 };
const FORM = 'application/x-www-form-urlencoded';

/** RFC 6749 §4.1.2.1 and §5.2, RFC 7591 §3.2.2, RFC 8707 §2, RFC 9101 §5. */
const TOKEN_ERRORS = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
];
const REGISTRATION_ERRORS = ['invalid_redirect_uri', 'invalid_client_metadata'];
const AUTHORIZATION_ERRORS = [
  'invalid_request',
  'unauthorized_client',
  'access_denied',
  'unsupported_response_type',
  'invalid_scope',
  'invalid_target',
  'request_not_supported',
  'request_uri_not_supported',
];

let reference: ServedReference;
let clientId: string;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeAll(async () => {
  reference = await serveReference();
  const registered = await fetch(`${reference.config.issuer}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [CALLBACK] }),
  });
  clientId = ((await registered.json()) as { client_id: string }).client_id;
});
afterAll(async () => {
  agent.destroy();
  await reference.close();
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Node's own client, because `fetch` tidies what it sends. */
function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  const { hostname, port } = new URL(reference.config.issuer);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ hostname, port, method, path, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function expectNothingTold({ status, text }: Answer): void {
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(500);
  expect(text).not.toMatch(/node_modules|\bat .+:\d+:\d+|\/work\/|file:\/\//);
}

function expectJsonError(answer: Answer, codes: string[]): void {
  expect([400, 401, 405]).toContain(answer.status);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.headers['cache-control']).toMatch(/no-store/);
  const body = JSON.parse(answer.text) as Record<string, unknown>;
  expect(codes).toContain(body.error);
  // RFC 6749 §5.2: no quotation mark, no backslash, nothing outside printable ASCII.
  expect(body.error_description).toMatch(/^[ !#-[\]-~]*$/);
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '__proto__',
    'constructor',
    'toString',
    '[object Object]',
    '%',
    '%zz',
    'null',
    '😀',
    '\ud800',
    '-1',
    'x'.repeat(5000),
  ),
);

/** A parameter with a value it might have, or any; sometimes twice, sometimes as an array member. */
const parameter = (name: string, usual: fc.Arbitrary<string>) =>
  fc
    .record({
      name: fc.oneof(
        { weight: 12, arbitrary: fc.constant(name) },
        fc.constantFrom(`${name}[]`, `${name}[a]`, name.toUpperCase(), ` ${name}`),
      ),
      values: fc.oneof(
        { weight: 8, arbitrary: fc.tuple(usual) },
        { weight: 3, arbitrary: fc.tuple(anyText) },
        { weight: 1, arbitrary: fc.tuple(usual, usual) },
        { weight: 1, arbitrary: fc.constant([] as string[]) },
      ),
    })
    .map(({ name: key, values }) => values.map((value) => [key, value] as const));

const encode = (parts: readonly (readonly [string, string])[]): string =>
  parts.map(([name, value]) => `${escape(name)}=${escape(value)}`).join('&');
/** What no encoder makes. */
const rawText = fc.constantFrom('', '%', '%zz', '&%ff%fe=%80', '&&==', '+', '?', '&state=%', '/..');
/** As a client would, and with what no encoder can encode left as it is. */
const escape = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\ufffd'));

const authorizationRequest = fc
  .tuple(
    parameter('response_type', fc.constantFrom('code', 'code', 'token', 'code token')),
    parameter('client_id', fc.constant('{{client}}')),
    parameter(
      'redirect_uri',
      fc.constantFrom(CALLBACK, CALLBACK, 'http://127.0.0.1:53123/callback'),
    ),
    parameter('scope', fc.constantFrom('weather:read', 'weather:admin weather:read', 'openid')),
    parameter('state', fc.string({ unit: 'binary', maxLength: 40 })),
    parameter('code_challenge', fc.constant('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')),
    parameter('code_challenge_method', fc.constantFrom('S256', 'S256', 'plain')),
    parameter('resource', fc.constantFrom('{{resource}}', 'https://other.example/')),
    parameter(
      'extra',
      fc.constantFrom('response_mode', 'request', 'request_uri', 'csrf', 'user', 'decision'),
    ).map((parts) => parts.map(([, value]) => [value, 'allow'] as const)),
  )
  .map((parts) => encode(parts.flat()));

const fill = (text: string): string =>
  text
    .replaceAll(escape('{{client}}'), clientId)
    .replaceAll(escape('{{resource}}'), escape(reference.config.resource));

/** Redirects go to addresses that are registered, with answers that a client knows. */
function expectAuthorizationAnswer(answer: Answer): void {
  expectNothingTold(answer);
  if (answer.status === 302) {
    const location = String(answer.headers.location);
    expect(location).toMatch(/^http:\/\/127\.0\.0\.1(?::\d+)?\/callback\?/);
    const query = new URL(location).searchParams;
    expect(query.get('iss')).toBe(reference.config.issuer);
    expect(AUTHORIZATION_ERRORS).toContain(query.get('error'));
    expect(query.has('code')).toBe(false);
    return;
  }
  expect([200, 400, 405]).toContain(answer.status);
  if (answer.status === 405) return;
  expect(answer.headers['content-type']).toMatch(/^text\/html/);
  expect(answer.headers['cache-control']).toMatch(/no-store/);
}

describe('2,000 requests to each endpoint', () => {
  test('GET /authorize', async () => {
    await fc.assert(
      fc.asyncProperty(authorizationRequest, anyText, rawText, async (query, junk, raw) => {
        const path = fill(`/authorize?${query}&${escape(junk)}${raw}`);
        expectAuthorizationAnswer(await send('GET', path));
      }),
      RUNS,
    );
  });

  test('POST /authorize', async () => {
    const type = fc.constantFrom(
      FORM,
      FORM,
      `${FORM}; charset=utf-8`,
      `${FORM}; charset=nonsense`,
      'application/json',
      'text/plain',
    );
    await fc.assert(
      fc.asyncProperty(authorizationRequest, type, anyText, async (form, contentType, cookie) => {
        const decision = `&user=alice&decision=allow&csrf=${escape(cookie)}`;
        const headers = {
          'content-type': contentType,
          cookie: `consent_form=${escape(cookie)}`,
        };
        expectAuthorizationAnswer(await send('POST', '/authorize', headers, fill(form) + decision));
      }),
      RUNS,
    );
  });

  test('POST /token', async () => {
    const form = fc
      .tuple(
        parameter('grant_type', fc.constantFrom('authorization_code', 'refresh_token', 'password')),
        parameter('code', fc.base64String()),
        parameter('refresh_token', fc.base64String()),
        parameter('client_id', fc.constant('{{client}}')),
        parameter('redirect_uri', fc.constant(CALLBACK)),
        parameter('code_verifier', fc.string({ minLength: 43, maxLength: 130 })),
        parameter('resource', fc.constantFrom('{{resource}}', 'https://other.example/')),
        parameter('scope', fc.constantFrom('weather:read', 'weather:admin')),
      )
      .map((parts) => encode(parts.flat()));
    const headers = fc.record(
      {
        'content-type': fc.constantFrom(
          FORM,
          FORM,
          FORM,
          'application/json',
          `${FORM}; charset=x`,
          'nonsense',
        ),
        'content-encoding': fc.constantFrom('identity', 'identity', 'gzip', 'nonsense'),
        authorization: fc.constantFrom('Basic YTpi', 'Bearer x'),
      },
      { requiredKeys: ['content-type'] },
    );
    await fc.assert(
      fc.asyncProperty(form, headers, anyText, async (body, sent, junk) => {
        const answer = await send('POST', '/token', sent, fill(body) + junk);
        expectNothingTold(answer);
        expectJsonError(answer, TOKEN_ERRORS);
      }),
      RUNS,
    );
  });

  test('POST /register', async () => {
    const uri = fc.oneof(
      fc.constantFrom(CALLBACK, 'https://app.example/cb', 'com.example.app:/cb', 'javascript:x'),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      anyText,
    );
    const metadata = fc.oneof(
      fc.record(
        {
          redirect_uris: fc.oneof(fc.array(uri, { maxLength: 12 }), fc.anything()),
          client_name: fc.oneof(anyText, fc.anything()),
          grant_types: fc.oneof(
            fc.array(fc.constantFrom('authorization_code', 'refresh_token', 'implicit')),
            fc.anything(),
          ),
          response_types: fc.oneof(fc.array(fc.constantFrom('code', 'token')), fc.anything()),
          client_id: anyText,
          token_endpoint_auth_method: fc.oneof(anyText, fc.anything()),
        },
        { requiredKeys: [] },
      ),
      fc.anything(),
    );
    const body = fc.oneof(
      { weight: 8, arbitrary: metadata.map((value) => toJson(value)) },
      { weight: 1, arbitrary: anyText },
      { weight: 1, arbitrary: fc.constantFrom('['.repeat(5000), '{"a":'.repeat(5000), '"x') },
    );
    const type = fc.constantFrom(
      'application/json',
      'application/json',
      'application/json; charset=utf-16',
      'text/plain',
      FORM,
    );
    await fc.assert(
      fc.asyncProperty(body, type, async (text, contentType) => {
        const answer = await send('POST', '/register', { 'content-type': contentType }, text);
        expectNothingTold(answer);
        if (answer.status !== 201) return expectJsonError(answer, REGISTRATION_ERRORS);
        const client = JSON.parse(answer.text) as Record<string, unknown>;
        expect(client).toMatchObject({ token_endpoint_auth_method: 'none' });
        for (const accepted of client.redirect_uris as string[]) {
          expect(accepted).toMatch(
            /^(?:https:\/\/[^@#\\]+|http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d+)?(?:[/?][^#\\]*)?|[a-z][a-z\d+-]*\.[a-z\d+.-]+:\/[^/][^#\\]*)$/,
          );
        }
        expect(Object.keys(client)).not.toContain('client_secret');
      }),
      RUNS,
    );
  });

  test.each([
    '/.well-known/oauth-authorization-server',
    '/.well-known/oauth-protected-resource/mcp',
    '/jwks',
  ])('GET %s', async (path) => {
    const first = (await send('GET', path)).text;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('host', 'x-forwarded-host', 'forwarded', 'accept', 'origin', 'cookie'),
        fc.stringMatching(/^[!-~]{1,60}$/),
        async (name, value) => {
          const answer = await send('GET', `${path}?${escape(value)}`, { [name]: value });
          expectNothingTold(answer);
          // Node itself refuses some Host headers before any of our code runs.
          if (answer.status === 200) expect(answer.text).toBe(first);
        },
      ),
      RUNS,
    );
  });

  test('other methods', async () => {
    for (const path of ['/token', '/register', '/authorize']) {
      for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'HEAD']) {
        expectNothingTold(await send(method, path));
      }
    }
    for (const path of ['/token', '/register']) {
      expectJsonError(await send('GET', path), ['invalid_request']);
    }
  });

  test('bodies that are too long', async () => {
    const long = 'x'.repeat(200_000);
    expectJsonError(
      await send('POST', '/token', { 'content-type': FORM }, `grant_type=${long}`),
      TOKEN_ERRORS,
    );
    expectJsonError(
      await send('POST', '/register', { 'content-type': 'application/json' }, `{"a":"${long}"}`),
      REGISTRATION_ERRORS,
    );
    const page = await send('POST', '/authorize', { 'content-type': FORM }, `state=${long}`);
    expect(page.status).toBe(400);
    expect(page.headers.location).toBeUndefined();
  });
});

/** JSON of anything; values that JSON cannot hold are left out. */
function toJson(value: unknown): string {
  try {
    return (
      JSON.stringify(value, (_name, member: unknown) =>
        typeof member === 'bigint' ? member.toString() : member,
      ) ?? 'undefined'
    );
  } catch {
    return '{}';
  }
}
