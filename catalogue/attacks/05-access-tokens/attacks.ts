/** Attacks on access tokens: everything here must end in 401, with nothing executed. */
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import type { LabSession, LabReply, TokenRecipe } from '../../../lab/protocol.ts';
import {
  makeProof,
  needTokens,
  obtainCode,
  redeem,
  registerClient,
  signIn,
} from '../oauth-client.ts';
import { cwe, link, mcp, rfc } from '../references.ts';
import {
  bearerParameters,
  complainAboutChallenge,
  describeReply,
  PARIS,
  succeeded,
} from '../replies.ts';
import { inBothRevisions } from '../revisions.ts';

/** The authorization server rotates its keys once a day. */
const A_DAY_MS = 24 * 60 * 60_000;
const SOME_MINUTES_MS = 2 * 60_000;

const tokenHandling = mcp('basic/authorization', 'token-handling', 'Token Handling');

const recipe: z.ZodType<TokenRecipe> = z.strictObject({
  header: z.record(z.string(), z.unknown()).exactOptional(),
  claims: z.record(z.string(), z.unknown()).exactOptional(),
  expiresIn: z.number().nullable().exactOptional(),
  notBeforeIn: z.number().nullable().exactOptional(),
  signWith: z
    .enum([
      'server-key',
      'attacker-key',
      'public-key-pem',
      'public-key-pem-newline',
      'public-key-jwk',
      'public-key-der',
      'empty-secret',
      'nothing',
    ])
    .exactOptional(),
  afterSigning: z
    .union([
      z.strictObject({ setClaims: z.record(z.string(), z.unknown()) }),
      z.enum(['truncate-signature', 'empty-signature', 'signature-of-another-token']),
    ])
    .exactOptional(),
});

/** A request that carries no acceptable token must run nothing and be answered with a challenge. */
async function judgeRefusal(lab: LabSession, reply: LabReply, what: string): Promise<Findings> {
  const breaches: string[] = [];
  // Asked for first: a tool that runs although its call was refused has time to do so.
  const complaints = await complainAboutChallenge(lab, reply);
  const [execution] = await lab.executions([reply]);
  if (execution) {
    breaches.push(`The server ran ${execution.tool} as “${execution.subject}” for ${what}.`);
  } else if (succeeded(reply)) {
    breaches.push(`The server answered ${what} with a result.`);
  } else if (reply.status === 0 || reply.status >= 500) {
    breaches.push(
      `${capital(what)} brought the server to an error of its own: ${describeReply(reply)}`,
    );
  }
  for (const hit of lab.outOfBand.hits()) {
    breaches.push(`The server let the token send it to a URL of the attacker's: ${hit}.`);
  }
  return { breaches, complaints: breaches.length > 0 ? [] : complaints };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** An attack that presents one forged token, made to a recipe the learner can edit. */
function forgery(
  facts: Omit<Attack<TokenRecipe>, 'payload' | 'fire' | 'level'> & {
    level?: Attack['level'];
    what: string;
    /** Whether the challenge has to say `invalid_token`, so that a client refreshes its token. */
    saysWhy?: boolean;
  },
): Attack {
  const { what, level = 'core', saysWhy = false, ...rest } = facts;
  return defineAttack<TokenRecipe>({
    ...rest,
    level,
    payload: recipe,
    async fire(forged, lab) {
      const token = await obtain(forged, lab);
      const reply = await lab.call('get_weather', PARIS, { token, label: what });
      const findings = await judgeRefusal(lab, reply, what);
      const error = bearerParameters(reply.headers['www-authenticate'])?.error;
      if (saysWhy && error !== 'invalid_token') {
        findings.complaints.push(
          `With ${what} the challenge says error=${error ?? 'nothing'}; invalid_token tells a client to refresh.`,
        );
      }
      return findings;
    },
  });
}

/**
 * A token to the recipe. One whose claims are changed afterwards is used before as it was: a server
 * that remembers what it verified must not know the changed one by its signature or its `jti`.
 */
async function obtain(forged: TokenRecipe, lab: LabSession): Promise<string> {
  const { afterSigning, ...genuine } = forged;
  if (typeof afterSigning !== 'object') return lab.mint(forged);
  const token = await lab.mint(genuine);
  await lab.call('get_weather', PARIS, { token, label: 'the token as it was signed' });
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const changed = JSON.stringify({ ...claims, ...afterSigning.setClaims });
  return [header, Buffer.from(changed).toString('base64url'), signature].join('.');
}

const admin = { sub: 'admin', scope: 'weather:read weather:write weather:admin' };

const attacks: Attack[] = [
  defineAttack<{
    authorization: string | null;
    message: 'tools/call' | 'tools/list' | 'initialize';
  }>({
    id: 'tok-missing',
    title: 'No token at all',
    level: 'core',
    story:
      'The attacker has no account and simply calls. Some servers protect tools/call and forget the rest, so the list of tools and the other HTTP methods are tried as well.',
    secureAnswer:
      '401 on every request, with WWW-Authenticate: Bearer and resource_metadata, so that an honest client knows where to get a token. Not 403, which would mean “never”, and not 200 with an error inside, which no client takes as a reason to sign in.',
    lessonAnchor: 'the-answer-401',
    references: [
      rfc(6750, '3'),
      rfc(9728, '5.1'),
      tokenHandling,
      cwe(306, 'Missing Authentication for Critical Function'),
    ],
    payload: z.strictObject({
      authorization: z.string().nullable(),
      message: z.enum(['tools/call', 'tools/list', 'initialize']),
    }),
    variants: {
      'tools/call': { authorization: null, message: 'tools/call' },
      'empty header': { authorization: '', message: 'tools/call' },
      'tools/list': { authorization: null, message: 'tools/list' },
      initialize: { authorization: null, message: 'initialize' },
    },
    async fire({ authorization, message }, lab) {
      const headers: Record<string, string> = authorization === null ? {} : { authorization };
      if (message === 'tools/call') {
        const reply = await lab.call('get_weather', PARIS, { headers });
        const findings = await judgeRefusal(lab, reply, 'a request without a token');
        return {
          ...findings,
          complaints: [...findings.complaints, ...(await complainAboutOtherMethods(lab))],
        };
      }
      const params =
        message === 'initialize'
          ? {
              protocolVersion: '2025-11-25',
              capabilities: {},
              clientInfo: { name: 'x', version: '1' },
            }
          : {};
      const reply = await lab.send(
        {
          path: '/mcp',
          headers: { accept: 'application/json, text/event-stream', ...headers },
          body: { jsonrpc: '2.0', id: 1, method: message, params },
        },
        `${message} without a token`,
      );
      if (succeededAtAll(reply)) {
        return {
          breaches: [`The server answered ${message} without a token.`],
          complaints: [],
        };
      }
      return judgeRefusal(lab, reply, 'a request without a token');
    },
  }),

  defineAttack<{ authorization: string }>({
    id: 'tok-malformed',
    title: 'A header that is not a bearer token',
    level: 'core',
    story:
      'The attacker sends Authorization headers that no honest client sends, hoping that the server lets one pass or breaks over it. A verifier that throws something unexpected often turns into a 500.',
    secureAnswer: '401 with a challenge; 400 invalid_request is right as well. Never 500.',
    lessonAnchor: 'the-answer-401',
    references: [
      rfc(6750, '3.1'),
      rfc(9110, '11.4'),
      cwe(755, 'Improper Handling of Exceptional Conditions'),
    ],
    payload: z.strictObject({ authorization: z.string().max(12_000) }),
    variants: {
      basic: { authorization: 'Basic YTpi' },
      'scheme alone': { authorization: 'Bearer' },
      'not a JWT': { authorization: 'Bearer abc' },
      'two words': { authorization: 'Bearer a b' },
      'three empty parts': { authorization: 'Bearer ..' },
      'JSON that is not an object': { authorization: 'Bearer bnVsbA.bnVsbA.bnVsbA' },
      '8 KB of letters': { authorization: `Bearer ${'A'.repeat(8192)}` },
      'not ASCII': { authorization: 'Bearer ünïcödé' },
    },
    async fire({ authorization }, lab) {
      const reply = await lab.call('get_weather', PARIS, {
        headers: { authorization },
        label: 'malformed Authorization header',
      });
      const findings = await judgeRefusal(lab, reply, 'a malformed Authorization header');
      return reply.status === 400 ? { ...findings, complaints: [] } : findings;
    },
  }),

  forgery({
    id: 'tok-expired',
    title: 'A token from yesterday',
    what: 'an expired token',
    saysWhy: true,
    story:
      'A token was once valid and has leaked: from a log, a backup, an old laptop. The attacker presents it after its time.',
    secureAnswer:
      '401. `exp` is in seconds; a leeway of a few seconds for clocks that differ is usual, more than a minute is not.',
    lessonAnchor: 'time',
    references: [rfc(7519, '4.1.4'), rfc(9068, '4'), cwe(613, 'Insufficient Session Expiration')],
    variants: {
      'an hour ago': { expiresIn: -3600 },
      'two minutes ago': { expiresIn: -120 },
      yesterday: { expiresIn: -90_000 },
    },
  }),

  forgery({
    id: 'tok-not-yet-valid',
    title: 'A token from the future',
    what: 'a token that is not valid yet',
    story:
      'The token says that it must not be accepted before a certain time. The attacker does not wait.',
    secureAnswer: '401 until `nbf` has come.',
    lessonAnchor: 'time',
    references: [rfc(7519, '4.1.5'), cwe(613, 'Insufficient Session Expiration')],
    variants: { 'in ten minutes': { notBeforeIn: 600 } },
  }),

  forgery({
    id: 'tok-no-exp',
    title: 'A token for ever',
    what: 'a token without an expiry',
    story:
      'The token has no `exp` at all. Many verifiers compare an expiry only if there is one, jose among them, and so this token would never stop working.',
    secureAnswer: '401: an access token must have an expiry.',
    lessonAnchor: 'time',
    references: [rfc(9068, '2.2'), rfc(9068, '4'), cwe(613, 'Insufficient Session Expiration')],
    variants: { 'no exp': { expiresIn: null } },
  }),

  forgery({
    id: 'tok-wrong-issuer',
    title: 'A token of another issuer',
    what: 'a token of another issuer',
    story:
      'Another authorization server, a second tenant perhaps, signs with the same key. Its tokens verify, but they were never issued for the users of this server.',
    secureAnswer:
      '401. The issuer is compared character by character: a slash more is another issuer.',
    lessonAnchor: 'issuer-and-audience',
    references: [rfc(9068, '4'), rfc(8414, '3.3'), cwe(346, 'Origin Validation Error')],
    variants: {
      'another tenant': { claims: { iss: 'https://login.other.example' } },
      'one slash more': { claims: { iss: '{{issuer}}/' } },
      'longer host': { claims: { iss: '{{issuer}}.evil.example' } },
      'no issuer': { claims: { iss: null } },
    },
  }),

  forgery({
    id: 'tok-wrong-audience',
    title: 'A token for another service',
    what: 'a token issued for another service',
    story:
      'The user gave a token to some other service, which is dishonest or was broken into. It passes the token on to this server. The signature is right and the issuer is right; only the audience is not ours.',
    secureAnswer:
      '401. A server must not accept a token that does not name it among its audiences.',
    lessonAnchor: 'issuer-and-audience',
    references: [
      tokenHandling,
      rfc(8707, '2'),
      rfc(9068, '4'),
      cwe(863, 'Incorrect Authorization'),
    ],
    variants: {
      'the billing service': { claims: { aud: 'https://billing.example/api' } },
      'longer host': { claims: { aud: '{{resource}}.evil.example' } },
      'one character more': { claims: { aud: '{{resource}}2' } },
      'same path elsewhere': { claims: { aud: 'https://mcp.other.example/mcp' } },
      'same host, other port': { claims: { aud: 'http://127.0.0.1' } },
      'no audience': { claims: { aud: null } },
      'empty list': { claims: { aud: [] } },
    },
  }),

  forgery({
    id: 'tok-alg-none',
    title: 'A token that says it needs no signature',
    what: 'a token that nobody signed',
    story:
      'The attacker writes a token by hand, names the algorithm “none” and leaves the signature out. A verifier that asks the token how to verify it agrees.',
    secureAnswer: '401, in every spelling of the word.',
    lessonAnchor: 'algorithms-and-keys',
    references: [
      rfc(8725, '3.1'),
      rfc(9068, '4'),
      cwe(347, 'Improper Verification of Cryptographic Signature'),
    ],
    variants: {
      none: { header: { alg: 'none' }, claims: admin, signWith: 'nothing' },
      None: { header: { alg: 'None' }, claims: admin, signWith: 'nothing' },
      nOnE: { header: { alg: 'nOnE' }, claims: admin, signWith: 'nothing' },
    },
  }),

  forgery({
    id: 'tok-hs256-rs-key',
    title: 'The public key as a password',
    what: 'a token signed with the public key as a shared secret',
    story:
      'The public key is public. The attacker uses its text as the secret of an HMAC and says so in the header. A verifier that takes the algorithm from the token and the key from its configuration computes the same HMAC.',
    secureAnswer: '401: the server names the algorithms it accepts.',
    lessonAnchor: 'algorithms-and-keys',
    references: [
      rfc(8725, '2.1'),
      rfc(8725, '3.1'),
      cwe(347, 'Improper Verification of Cryptographic Signature'),
    ],
    variants: {
      PEM: { header: { alg: 'HS256' }, claims: admin, signWith: 'public-key-pem' },
      'PEM with line end': {
        header: { alg: 'HS256' },
        claims: admin,
        signWith: 'public-key-pem-newline',
      },
      JWK: { header: { alg: 'HS256' }, claims: admin, signWith: 'public-key-jwk' },
      DER: { header: { alg: 'HS256' }, claims: admin, signWith: 'public-key-der' },
      'empty secret': { header: { alg: 'HS256' }, claims: admin, signWith: 'empty-secret' },
    },
  }),

  forgery({
    id: 'tok-kid-tricks',
    title: 'A key id that is not one',
    what: 'a token with a hostile key id',
    story:
      'The key id in the header is the attacker’s text. If it becomes a path, an SQL string or an object key on the way to the key, it does more than name a key. And an extension that must be understood is put into `crit`.',
    secureAnswer:
      '401. The key id is looked up among known keys and used for nothing else; an unknown critical extension is refused.',
    lessonAnchor: 'algorithms-and-keys',
    references: [
      rfc(7515, '4.1.4'),
      rfc(7515, '4.1.11'),
      rfc(8725, '3.10'),
      cwe(22, 'Path Traversal'),
    ],
    variants: {
      'path traversal': {
        header: { alg: 'HS256', kid: '../../../../dev/null' },
        claims: admin,
        signWith: 'empty-secret',
      },
      SQL: { header: { kid: "' UNION SELECT 'k'--" }, claims: admin, signWith: 'attacker-key' },
      unknown: { header: { kid: 'no-such-key' }, claims: admin, signWith: 'attacker-key' },
      'object member': { header: { kid: '__proto__' }, claims: admin, signWith: 'attacker-key' },
      array: { header: { kid: ['{{kid}}'] }, claims: admin, signWith: 'attacker-key' },
      '4 KB': { header: { kid: 'k'.repeat(4096) }, claims: admin, signWith: 'attacker-key' },
      'unknown crit': { header: { crit: ['x-workbook'], 'x-workbook': true } },
    },
  }),

  forgery({
    id: 'tok-jku-jwk-x5u',
    title: 'A token that brings its own key',
    what: 'a token verified with the attacker’s own key',
    story:
      'The attacker signs with a key of their own and puts it into the header, or a URL where it can be fetched. A verifier that follows the header verifies perfectly: with the wrong key. Fetching the URL is a hole by itself, because the server then sends requests where the attacker likes.',
    secureAnswer: '401, and no request to any URL that came with the token.',
    lessonAnchor: 'algorithms-and-keys',
    references: [
      rfc(8725, '3.10'),
      rfc(7515, '4.1.2'),
      cwe(918, 'Server-Side Request Forgery'),
      cwe(347, 'Improper Verification of Cryptographic Signature'),
    ],
    variants: {
      jwk: {
        header: { jwk: '{{attackerJwk}}', kid: null },
        claims: admin,
        signWith: 'attacker-key',
      },
      jku: { header: { jku: '{{oob}}/jwks.json' }, claims: admin, signWith: 'attacker-key' },
      x5u: { header: { x5u: '{{oob}}/chain.pem' }, claims: admin, signWith: 'attacker-key' },
    },
  }),

  forgery({
    id: 'tok-tampered',
    title: 'A token changed after signing',
    what: 'a token that was changed after it was signed',
    story:
      'The attacker has a valid token of their own, changes the subject to somebody else’s, and keeps the signature; or puts in another token’s signature, or half of one.',
    secureAnswer: '401: the signature covers header and payload.',
    lessonAnchor: 'verify-then-read',
    references: [rfc(7515, '5.2'), cwe(345, 'Insufficient Verification of Data Authenticity')],
    variants: {
      'other subject': { afterSigning: { setClaims: admin } },
      'signature of another token': { claims: admin, afterSigning: 'signature-of-another-token' },
      'truncated signature': { claims: admin, afterSigning: 'truncate-signature' },
      'empty signature': { claims: admin, afterSigning: 'empty-signature' },
      'right key id, other key': { claims: admin, signWith: 'attacker-key' },
    },
  }),

  forgery({
    id: 'tok-type-confusion',
    title: 'A token of another kind',
    what: 'a signed token that is not an access token',
    story:
      'The same authorization server signs other things too: ID tokens, logout tokens. The attacker presents one of those as an access token.',
    secureAnswer: '401: a JWT access token says `typ: at+jwt`, whole and nothing else.',
    lessonAnchor: 'token-types',
    references: [rfc(9068, '2.1'), rfc(9068, '4'), rfc(8725, '3.11')],
    variants: {
      'ID token': { header: { typ: 'JWT' }, claims: { aud: 'workbook', nonce: 'n-0S6_WzA2Mj' } },
      'logout token': { header: { typ: 'logout+jwt' } },
      'a kind that ends alike': { header: { typ: 'not-at+jwt' } },
      'a kind that begins alike': { header: { typ: 'at+jwt-draft' } },
      'a kind of another type': { header: { typ: 'text/at+jwt' } },
      'no kind at all': { header: { typ: null } },
    },
  }),

  defineAttack<{ session: string; authorization: string | null }>({
    id: 'session-id-as-auth',
    title: 'A session somebody else signed in to',
    level: 'core',
    story:
      'A user calls with a token, and under a session id. The attacker has read that id in a log, or guessed it, and names it in a request of their own. Some servers remember that the session was signed in once, and ask no more.',
    secureAnswer:
      '401. A session id says which conversation goes on, never who is speaking; every request needs its own token, and runs as the user whom that token names.',
    lessonAnchor: 'a-session-is-not-a-token',
    references: [
      link(
        'MCP 2025-11-25, Session Hijacking',
        'https://modelcontextprotocol.io/specification/2025-11-25/basic/security_best_practices#session-hijacking',
      ),
      cwe(384, 'Session Fixation'),
      cwe(639, 'Authorization Bypass Through User-Controlled Key'),
    ],
    payload: z.strictObject({ session: z.string(), authorization: z.string().nullable() }),
    variants: {
      'no token': { session: '{{nonce}}', authorization: null },
      'a bad token': { session: '{{nonce}}', authorization: 'Bearer nonsense' },
      'an id one can guess': { session: '1', authorization: null },
    },
    async fire({ session, authorization }, lab) {
      const headers = { 'mcp-session-id': session.replaceAll('{{nonce}}', lab.nonce) };
      const callAs = async (claims: Record<string, unknown>, label: string) =>
        lab.call('get_weather', PARIS, { token: await lab.mint({ claims }), headers, label });
      const alice = `alice-${lab.nonce}`;
      await callAs({ sub: alice }, 'the user of the session');
      const bobs = await callAs({ sub: `bob-${lab.nonce}` }, 'another user, with a token');
      const [asBob] = await lab.executions([bobs]);
      const reply = await lab.call('get_weather', PARIS, {
        headers: { ...headers, ...(authorization === null ? {} : { authorization }) },
        label: 'the session, and no valid token',
      });
      const findings = await judgeRefusal(lab, reply, 'a session id in place of a token');
      if (asBob?.subject === alice) {
        findings.breaches.push('Another user’s call ran as the user of the session.');
      }
      return findings;
    },
  }),

  defineAttack<{ credential: 'code' | 'refresh_token' | 'client_id' }>({
    id: 'tok-other-credentials',
    title: 'Something else that looks random',
    level: 'stretch',
    story:
      'The authorization server hands out other strings: codes, refresh tokens, client ids. Where one process does both jobs, they may lie in the same store. The attacker presents one as an access token.',
    secureAnswer: '401: only an access token is an access token.',
    lessonAnchor: 'token-types',
    references: [rfc(8725, '3.12'), cwe(287, 'Improper Authentication')],
    payload: z.strictObject({ credential: z.enum(['code', 'refresh_token', 'client_id']) }),
    variants: {
      'authorization code': { credential: 'code' },
      'refresh token': { credential: 'refresh_token' },
      'client id': { credential: 'client_id' },
    },
    async fire({ credential }, lab) {
      const proof = makeProof();
      const clientId = await registerClient(lab);
      const code = await obtainCode(lab, clientId, proof);
      const strings = {
        client_id: clientId,
        code,
        refresh_token: needTokens(
          await redeem(lab, clientId, await obtainCode(lab, clientId, proof), proof.verifier),
        ).refreshToken,
      };
      const token = strings[credential];
      const reply = await lab.call('get_weather', PARIS, { token, label: credential });
      return judgeRefusal(lab, reply, `a ${credential} in place of an access token`);
    },
  }),

  defineAttack<{ path: string; headers: Record<string, string> }>({
    id: 'tok-in-query',
    title: 'A token in another place',
    level: 'core',
    story:
      'The token travels in the query string instead of the header. It works, and from then on it stands in every access log, history and Referer on the way, for whoever reads those. A cookie is worse in another way: a browser sends it along, whichever page asks.',
    secureAnswer:
      '401: a token comes in the Authorization header. One in the query string must be ignored, and so are cookies and other headers.',
    lessonAnchor: 'where-the-token-travels',
    references: [
      rfc(9700, '4.3.2'),
      mcp('basic/authorization', 'token-requirements', 'Token Requirements'),
      cwe(598, 'Use of GET Request Method With Sensitive Query Strings'),
    ],
    payload: z.strictObject({ path: z.string(), headers: z.record(z.string(), z.string()) }),
    variants: {
      'query only': { path: '/mcp?access_token={{token}}', headers: {} },
      'bad header, good query': {
        path: '/mcp?access_token={{token}}',
        headers: { authorization: 'Bearer nonsense' },
      },
      'other names': {
        path: '/mcp?access_token={{token}}&token={{token}}&bearer={{token}}&auth={{token}}&jwt={{token}}&api_key={{token}}&authorization=Bearer%20{{token}}',
        headers: {},
      },
      cookies: {
        path: '/mcp',
        headers: {
          cookie:
            'access_token={{token}}; token={{token}}; jwt={{token}}; session={{token}}; auth={{token}}; id_token={{token}}; authorization={{token}}; mcp_token={{token}}; __Host-token={{token}}; __Host-access_token={{token}}',
        },
      },
      'bad header, good cookie': {
        path: '/mcp',
        headers: {
          authorization: 'Bearer nonsense',
          cookie: 'access_token={{token}}; token={{token}}',
        },
      },
      'other headers': {
        path: '/mcp',
        headers: {
          'x-access-token': '{{token}}',
          'x-auth-token': '{{token}}',
          'x-api-key': '{{token}}',
          'x-authorization': 'Bearer {{token}}',
          'x-forwarded-authorization': 'Bearer {{token}}',
          'proxy-authorization': 'Bearer {{token}}',
          'x-forwarded-access-token': '{{token}}',
        },
      },
    },
    async fire({ path, headers }, lab) {
      const token = await lab.mint();
      const reply = await lab.call('get_weather', PARIS, {
        path: path.replaceAll('{{token}}', token),
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [
            name,
            value.replaceAll('{{token}}', token),
          ]),
        ),
        label: 'token in another place',
      });
      return judgeRefusal(lab, reply, 'a token outside the Authorization header');
    },
  }),
];

/** GET and DELETE have nothing to give here, and need authorization all the same. */
async function complainAboutOtherMethods(lab: LabSession): Promise<string[]> {
  const complaints: string[] = [];
  for (const method of ['GET', 'DELETE']) {
    const reply = await lab.send({
      method,
      path: '/mcp',
      headers: { accept: 'text/event-stream' },
    });
    if (reply.status !== 401) {
      complaints.push(
        `${method} /mcp without a token answered HTTP ${reply.status}; authorization is for every request, so 401 is needed.`,
      );
    }
  }
  return complaints;
}

const succeededAtAll = (reply: LabReply): boolean => reply.status >= 200 && reply.status < 300;

const uses: LegitimateUse[] = [
  {
    id: 'accepts-own-tokens',
    title: 'Accepts a token of its own authorization server',
    why: 'A user who signed in gets to work, as the user they are.',
    lessonAnchor: 'verify-then-read',
    references: [rfc(9068, '4')],
    worksOnBaseline: true,
    async try(lab) {
      const subject = `alice-${lab.nonce}`;
      const reply = await lab.call('get_weather', PARIS, {
        token: await lab.mint({ claims: { sub: subject } }),
        // What a client says about itself must not count against what was verified.
        headers: { 'x-user-id': 'admin', 'x-user': 'admin', 'x-forwarded-user': 'admin' },
      });
      if (!succeeded(reply)) return [`A valid token was refused: ${describeReply(reply)}`];
      const [execution] = await lab.executions([reply]);
      return execution?.subject === subject
        ? []
        : [`The call ran as “${execution?.subject}”; the token says “${subject}”.`];
    },
  },
  {
    id: 'accepts-audience-lists',
    title: 'Accepts a token that lists us among its audiences',
    why: '`aud` may be a list (RFC 7519 §4.1.3); being one of several audiences is enough.',
    lessonAnchor: 'issuer-and-audience',
    references: [rfc(7519, '4.1.3')],
    worksOnBaseline: true,
    async try(lab) {
      const token = await lab.mint({ claims: { aud: ['https://maps.example', '{{resource}}'] } });
      const reply = await lab.call('get_weather', PARIS, { token });
      return succeeded(reply)
        ? []
        : [`A token with us in its list of audiences was refused: ${describeReply(reply)}`];
    },
  },
  {
    id: 'accepts-tokens-without-scope',
    title: 'Accepts a token that says nothing of scopes',
    why: '`scope` may be left out. What such a token may do is for the tools to say, with 403; a 401 would make the client sign in again, in vain.',
    lessonAnchor: 'verify-then-read',
    references: [rfc(9068, '2.2.3')],
    worksOnBaseline: true,
    async try(lab) {
      const headers = {
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${await lab.mint({ claims: { scope: null } })}`,
      };
      const body = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
      const reply = await lab.send({ path: '/mcp', headers, body }, 'tools/list');
      return succeeded(reply)
        ? []
        : [`A valid token without scopes was refused: ${describeReply(reply)}`];
    },
  },
  {
    id: 'accepts-tokens-after-a-rotation',
    title: 'Accepts tokens that a new key has signed',
    why: 'The authorization server signs with a new key every day. Who keeps the keys of yesterday refuses everybody who signs in today, until somebody starts the server again.',
    lessonAnchor: 'algorithms-and-keys',
    references: [rfc(7517, '5'), rfc(9068, '4')],
    worksOnBaseline: true,
    async try(lab) {
      // The keys are looked at just before the rotation: whoever keeps them for minutes has the old ones.
      await lab.advance(A_DAY_MS - SOME_MINUTES_MS);
      const before = (await signIn(lab)).tokens.accessToken;
      const first = await lab.call('get_weather', PARIS, { token: before });
      if (!succeeded(first)) return [`A new token was refused: ${describeReply(first)}`];
      await lab.advance(SOME_MINUTES_MS + 10_000);
      const after = (await signIn(lab)).tokens.accessToken;
      const next = await lab.call('get_weather', PARIS, { token: after });
      const last = await lab.call('get_weather', PARIS, { token: before });
      return [
        ...(succeeded(next)
          ? []
          : [
              `Right after the rotation, a token signed with the new key was refused: ${describeReply(next)}`,
            ]),
        ...(succeeded(last)
          ? []
          : [
              `Right after the rotation, a token signed with the key before was refused: ${describeReply(last)}`,
            ]),
      ];
    },
  },
  {
    id: 'forgets-withdrawn-keys',
    title: 'Accepts keys as long as they are published, and no longer',
    why: 'A key is withdrawn because it was replaced, or because somebody else has it. What it signs from then on, the authorization server has not signed.',
    lessonAnchor: 'algorithms-and-keys',
    references: [rfc(7517, '5'), cwe(324, 'Use of a Key Past its Expiration Date')],
    worksOnBaseline: false,
    async try(lab) {
      for (let day = 0; day < 2; day++) {
        await lab.advance(A_DAY_MS - SOME_MINUTES_MS);
        const { accessToken } = (await signIn(lab)).tokens;
        await lab.call('get_weather', PARIS, { token: accessToken });
        await lab.advance(SOME_MINUTES_MS + 10_000);
        // Signing in makes the server sign with its next key; the call shows it to whoever keeps keys.
        const next = (await signIn(lab)).tokens.accessToken;
        await lab.call('get_weather', PARIS, { token: next });
      }
      const reply = await lab.call('get_weather', PARIS, { token: await lab.mint() });
      // Who has just fetched keys fetches none for half a minute; the next server begins after that.
      await lab.advance(60_000);
      return succeeded(reply)
        ? [`A token was accepted whose key is not published any more: ${describeReply(reply)}`]
        : [];
    },
  },
  {
    id: 'accepts-scheme-in-any-case',
    title: 'Accepts “bearer” in any case',
    why: 'Names of authentication schemes are not case-sensitive.',
    lessonAnchor: 'where-the-token-travels',
    references: [rfc(9110, '11.1')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const scheme of ['bearer', 'BEARER']) {
        const reply = await lab.call('get_weather', PARIS, {
          headers: { authorization: `${scheme} ${await lab.mint()}` },
        });
        if (!succeeded(reply)) problems.push(`“${scheme}” was refused: ${describeReply(reply)}`);
      }
      return problems;
    },
  },
  {
    id: 'accepts-tokens-until-they-expire',
    title: 'Accepts a token until it expires, and not after',
    why: 'The same token, the same minute on your clock and on the server’s.',
    lessonAnchor: 'time',
    references: [rfc(7519, '4.1.4')],
    worksOnBaseline: false,
    async try(lab) {
      const token = await lab.mint({ expiresIn: 300, notBeforeIn: -5 });
      await lab.advance(200_000);
      const inTime = await lab.call('get_weather', PARIS, { token, label: 'before the expiry' });
      await lab.advance(200_000);
      const tooLate = await lab.call('get_weather', PARIS, { token, label: 'after the expiry' });
      return [
        ...(succeeded(inTime) ? [] : [`Refused 100 seconds early: ${describeReply(inTime)}`]),
        ...(tooLate.status === 401
          ? []
          : [`Not refused after its time: ${describeReply(tooLate)}`]),
      ];
    },
  },
  {
    id: 'serves-the-whole-protocol',
    title: 'Serves every message of a client with a token',
    why: 'initialize and tools/list are part of every session; a gate for tools/call alone breaks clients.',
    lessonAnchor: 'the-answer-401',
    references: [
      link(
        'MCP 2025-11-25, Lifecycle',
        'https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle',
      ),
    ],
    worksOnBaseline: true,
    async try(lab) {
      const headers = {
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${await lab.mint()}`,
      };
      const initialize = {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'workbook', version: '1' },
      };
      const problems: string[] = [];
      for (const [method, params] of [
        ['initialize', initialize],
        ['tools/list', {}],
      ] as const) {
        const body = { jsonrpc: '2.0', id: 1, method, params };
        const reply = await lab.send({ path: '/mcp', headers, body }, method);
        if (!succeeded(reply)) problems.push(`${method} was refused: ${describeReply(reply)}`);
      }
      return problems;
    },
  },
];

export const catalogue: TopicCatalogue = {
  attacks: inBothRevisions(attacks, {
    'tok-missing': 'tools/call',
    'tok-wrong-audience': 'the billing service',
    'tok-tampered': 'other subject',
    'session-id-as-auth': 'no token',
  }),
  uses,
};
