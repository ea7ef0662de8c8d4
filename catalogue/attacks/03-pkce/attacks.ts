/** Attacks on the authorization request: codes for whoever reads them, sent to whoever asks. */
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import { StepFailed, type LabSession } from '../../../lab/protocol.ts';
import {
  authorize,
  CALLBACK,
  changesShape,
  fill,
  judgeNoTokens,
  makeProof,
  obtainCode,
  openAuthorization,
  redeem,
  registerClient,
  s256,
  tokensIn,
  wholeFlow,
  type AuthorizationAnswer,
  type Changes,
} from '../oauth-client.ts';
import { avoidConsent, CONSENT_TRICKS, type ConsentTrick } from './avoid-consent.ts';
import { cwe, link, mcp, rfc } from '../references.ts';
import { describeReply, PARIS, succeeded } from '../replies.ts';

const codeProtection = mcp(
  'basic/authorization',
  'authorization-code-protection',
  'Authorization Code Protection',
);
const oauth21 = link(
  'OAuth 2.1 (draft) §4.1.1',
  'https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-4.1.1',
);
const confusedDeputy = link(
  'MCP 2025-11-25, Confused Deputy Problem',
  'https://modelcontextprotocol.io/specification/2025-11-25/basic/security_best_practices#confused-deputy-problem',
);

/** What the token endpoint may say to a proof that is none. */
const PROOF_ERRORS = ['invalid_grant', 'invalid_request'];

/** A request that must get no code: an error at the registered redirect URI says why. */
function judgeErrorRedirect(
  answer: AuthorizationAnswer,
  lab: LabSession,
  codes: string[],
): Findings {
  const { reply, location, error, state } = answer;
  if (reply.status === 0 || reply.status >= 500) {
    return {
      breaches: [`The request brought the server to an error: ${describeReply(reply)}`],
      complaints: [],
    };
  }
  // A page of the server's own is always safe, if not what a client waits for.
  if (location === undefined && reply.status >= 400) return { breaches: [], complaints: [] };
  const complaints: string[] = [];
  if (!location?.startsWith(`${CALLBACK}?`)) {
    complaints.push(`The client is not told: ${describeReply(reply)}`);
  } else if (error === undefined || !codes.includes(error)) {
    complaints.push(
      `The error is ${error ?? 'missing'}; ${codes.join(' or ')} says what is wrong.`,
    );
  } else if (state !== lab.nonce) {
    complaints.push('The error comes without the state of its request.');
  }
  return { breaches: [], complaints };
}

const attacks: Attack[] = [
  defineAttack<{ request: Changes; redemption: Changes }>({
    id: 'pkce-missing',
    title: 'No proof at all',
    level: 'core',
    story:
      'Another program on the user’s machine listens on the same custom scheme or port, and reads the code on its way back to the client. If the request carried no code challenge, the code is all it needs. So the attacker first makes the client, or a copy of it, send a request without one.',
    secureAnswer:
      'The authorization endpoint sends the client back with `invalid_request`. PKCE is not an offer; MCP requires it of every client.',
    lessonAnchor: 'the-proof',
    references: [rfc(7636, '4.4.1'), oauth21, rfc(9700, '2.1.1'), codeProtection],
    payload: z.strictObject({ request: changesShape, redemption: changesShape }),
    ordinaryUse: wholeFlow,
    variants: {
      'no challenge, no verifier': {
        request: { code_challenge: null, code_challenge_method: null },
        redemption: { code_verifier: null },
      },
      'empty challenge': {
        request: { code_challenge: '' },
        redemption: { code_verifier: null },
      },
      'method without challenge': {
        request: { code_challenge: null },
        redemption: { code_verifier: null },
      },
      'a challenge that is none': {
        request: { code_challenge: 'abc' },
        redemption: { code_verifier: 'abc' },
      },
      'a verifier for no challenge': {
        request: { code_challenge: null, code_challenge_method: null },
        redemption: {},
      },
    },
    fire: ({ request, redemption }, lab) => tryProof(lab, request, redemption),
  }),

  defineAttack<{ request: Changes; redemption: Changes }>({
    id: 'pkce-plain-downgrade',
    title: 'A challenge that is its own answer',
    level: 'core',
    story:
      'With the method `plain` the challenge is the verifier, and the challenge stands in the URL that the browser opens: in its history, in a proxy’s log, in front of whoever looks. The attacker asks for `plain`, or leaves the method out, which means the same, and redeems the code with what everybody saw.',
    secureAnswer: '`invalid_request`: the only method is S256.',
    lessonAnchor: 'only-s256',
    references: [
      rfc(7636, '4.2'),
      rfc(7636, '7.2'),
      rfc(9700, '2.1.1'),
      cwe(757, 'Selection of Less-Secure Algorithm During Negotiation'),
    ],
    payload: z.strictObject({ request: changesShape, redemption: changesShape }),
    ordinaryUse: wholeFlow,
    variants: {
      plain: {
        request: { code_challenge: '{{verifier}}', code_challenge_method: 'plain' },
        redemption: {},
      },
      'no method': {
        request: { code_challenge: '{{verifier}}', code_challenge_method: null },
        redemption: {},
      },
      'method in lower case': {
        request: { code_challenge: '{{verifier}}', code_challenge_method: 's256' },
        redemption: {},
      },
      'unknown method': {
        request: { code_challenge: '{{verifier}}', code_challenge_method: 'S512' },
        redemption: {},
      },
    },
    fire: ({ request, redemption }, lab) => tryProof(lab, request, redemption),
  }),

  defineAttack<{ redemption: Changes }>({
    id: 'pkce-wrong-verifier',
    title: 'A code without its verifier',
    level: 'core',
    story:
      'The attacker has read a code on its way, and redeems it without the verifier, which never left the client. They try one of their own, the challenge, which they saw, the digest in other spellings, and none.',
    secureAnswer:
      '400 with `invalid_grant`. Whoever has the code and not the verifier is not who asked for it.',
    lessonAnchor: 'the-proof',
    references: [rfc(7636, '4.6'), codeProtection, cwe(345, 'Insufficient Verification')],
    payload: z.strictObject({ redemption: changesShape }),
    ordinaryUse: wholeFlow,
    variants: {
      'another verifier': { redemption: { code_verifier: '{{other}}' } },
      'the challenge': { redemption: { code_verifier: '{{challenge}}' } },
      'the challenge, padded': { redemption: { code_verifier: '{{challenge}}=' } },
      missing: { redemption: { code_verifier: null } },
      empty: { redemption: { code_verifier: '' } },
      'in upper case': { redemption: { code_verifier: '{{VERIFIER}}' } },
      'with something added': { redemption: { code_verifier: '{{verifier}}A' } },
    },
    async fire({ redemption }, lab) {
      const { verifier, challenge } = makeProof();
      const clientId = await registerClient(lab);
      const code = await obtainCode(lab, clientId, { verifier, challenge });
      const other = makeProof().verifier;
      const names = { verifier, challenge, other, VERIFIER: verifier.toUpperCase() };
      const reply = await redeem(lab, clientId, code, verifier, fill(redemption, names));
      return judgeNoTokens(reply, 'for a code without the verifier of its request', PROOF_ERRORS);
    },
  }),

  defineAttack<{ verifier: string }>({
    id: 'pkce-verifier-length',
    title: 'A verifier one can guess',
    level: 'core',
    story:
      'A careless client makes verifiers of eight letters. Its challenge is as long as any other, so only the token endpoint can notice; the attacker, who saw the challenge, tries all short verifiers at home and brings the one that fits.',
    secureAnswer:
      '`invalid_grant` or `invalid_request` for a verifier that is not 43 to 128 unreserved characters long, even if its digest fits.',
    lessonAnchor: 'what-a-verifier-is',
    references: [rfc(7636, '4.1'), rfc(7636, '7.1'), cwe(331, 'Insufficient Entropy')],
    payload: z.strictObject({ verifier: z.string() }),
    ordinaryUse: wholeFlow,
    variants: {
      '42 characters': { verifier: 'a'.repeat(42) },
      '129 characters': { verifier: 'b'.repeat(129) },
      'one letter': { verifier: 'c' },
      'characters beyond the alphabet': { verifier: `${'d'.repeat(42)}+` },
      'a letter with an accent': { verifier: `${'e'.repeat(50)}é` },
      'a line end': { verifier: `${'f'.repeat(50)}\n` },
    },
    async fire({ verifier }, lab) {
      const clientId = await registerClient(lab);
      const code = await obtainCode(lab, clientId, { verifier, challenge: s256(verifier) });
      const reply = await redeem(lab, clientId, code, verifier);
      return judgeNoTokens(
        reply,
        `for a code with a verifier of ${verifier.length} characters, ${JSON.stringify(verifier.slice(-4))} at the end`,
        PROOF_ERRORS,
      );
    },
  }),

  defineAttack<{ registered: string; requested: string }>({
    id: 'redirect-mismatch',
    title: 'Nearly the registered address',
    level: 'core',
    story:
      'The attacker sends a victim a link to the honest authorization server, with the `client_id` of an honest client and a redirect URI that only looks like its own. The victim recognizes server and client, and agrees. The code goes to the attacker.',
    secureAnswer:
      'The server’s own error page and no redirect: a URI that is not registered, character by character, is not the client’s. Only the port of a loopback address may differ.',
    lessonAnchor: 'exactly-that-address',
    references: [
      oauth21,
      rfc(9700, '2.1'),
      rfc(9700, '4.1'),
      cwe(601, 'URL Redirection to Untrusted Site'),
    ],
    payload: z.strictObject({ registered: z.string(), requested: z.string() }),
    ordinaryUse: wholeFlow,
    variants: {
      'another host': {
        registered: 'https://app.example/cb',
        requested: 'https://{{evil}}/cb',
      },
      'longer host': {
        registered: 'https://app.example/cb',
        requested: 'https://app.example.{{evil}}/cb',
      },
      'host without an end': {
        registered: 'https://app.example',
        requested: 'https://app.example.{{evil}}/',
      },
      'port as a password': {
        registered: 'http://127.0.0.1:3000',
        requested: 'http://127.0.0.1:3000@{{evil}}/',
      },
      'loopback name as a user': {
        registered: 'http://127.0.0.1/cb',
        requested: 'http://127.0.0.1:80@{{evil}}/cb',
      },
      'another path': {
        registered: 'https://app.example/cb',
        requested: 'https://app.example/open?to=https://{{evil}}',
      },
      'a longer path': {
        registered: 'https://app.example/cb',
        requested: 'https://app.example/cb/../open',
      },
      'a query': {
        registered: 'https://app.example/cb',
        requested: 'https://app.example/cb?to=https://{{evil}}',
      },
      'a fragment': {
        registered: 'https://app.example/cb',
        requested: 'https://app.example/cb#{{evil}}',
      },
      'an escaped letter': {
        registered: 'https://app.example/cb',
        requested: 'https://app.example/%63b',
      },
      'capital letters': {
        registered: 'https://app.example/cb',
        requested: 'HTTPS://APP.example/cb',
      },
      'a backslash': {
        registered: 'https://app.example/cb',
        requested: 'https://{{evil}}\\@app.example/cb',
      },
      'another port, not on loopback': {
        registered: 'https://app.example/cb',
        requested: 'https://app.example:8443/cb',
      },
      'loopback as part of a name': {
        registered: 'http://127.0.0.1/cb',
        requested: 'http://127.0.0.1.{{evil}}/cb',
      },
      'loopback in a query': {
        registered: 'http://127.0.0.1/cb',
        requested: 'https://{{evil}}/?http://127.0.0.1/cb',
      },
      'a query on another port': {
        registered: 'http://127.0.0.1/cb',
        requested: 'http://127.0.0.1:53123/cb?to=https://{{evil}}',
      },
      'a fragment on another port': {
        registered: 'http://127.0.0.1/cb',
        requested: 'http://127.0.0.1:53123/cb#{{evil}}',
      },
      'a user on another port': {
        registered: 'http://127.0.0.1/cb',
        requested: 'http://a@127.0.0.1:53123/cb',
      },
      'the other loopback address': {
        registered: 'http://127.0.0.1/cb',
        requested: 'http://[::1]:53123/cb',
      },
      'localhost for its address': {
        registered: 'http://127.0.0.1/cb',
        requested: 'http://localhost:53123/cb',
      },
      'localhost as part of a name': {
        registered: 'http://localhost/cb',
        requested: 'http://localhost.{{evil}}/cb',
      },
      'dot segments on loopback': {
        registered: 'http://127.0.0.1/cb',
        requested: 'http://127.0.0.1:53123/x/../cb',
      },
      'a number on loopback': {
        registered: 'http://127.0.0.1/cb',
        requested: 'http://2130706433:53123/cb',
      },
      'another path on loopback': {
        registered: 'http://127.0.0.1/cb',
        requested: 'http://127.0.0.1:53123/other',
      },
      'http on loopback, https registered': {
        registered: 'https://127.0.0.1/cb',
        requested: 'http://127.0.0.1/cb',
      },
    },
    async fire({ registered, requested }, lab) {
      const evil = `evil-${lab.nonce}.example`;
      const uri = requested.replaceAll('{{evil}}', evil);
      const clientId = await registerClient(lab, { redirect_uris: [registered] });
      const answer = await authorize(lab, clientId, {
        redirect_uri: uri,
        code_challenge: makeProof().challenge,
      });
      return judgeNoRedirect(answer, registered);
    },
  }),

  defineAttack<{ changes: Changes; decision: 'allow' | 'deny' }>({
    id: 'redirect-open-redirector',
    title: 'An error as a free ride',
    level: 'core',
    story:
      'Errors go back to the client by redirect as well. The attacker makes a request with a mistake in it on purpose, and a redirect URI of their own: a link that begins with a trusted name and ends on a page of theirs.',
    secureAnswer:
      'The server’s own error page. Until client and redirect URI are known to belong together nothing is sent anywhere, whatever else is wrong with the request.',
    lessonAnchor: 'errors-that-stay-home',
    references: [
      rfc(6749, '4.1.2.1'),
      rfc(9700, '4.11.2'),
      cwe(601, 'URL Redirection to Untrusted Site'),
    ],
    payload: z.strictObject({
      changes: changesShape,
      decision: z.enum(['allow', 'deny']),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'unsupported response type': {
        changes: { response_type: 'token' },
        decision: 'allow',
      },
      'no response type': { changes: { response_type: null }, decision: 'allow' },
      'the user says no': { changes: {}, decision: 'deny' },
      'no challenge, and the user says no': {
        changes: { code_challenge: null },
        decision: 'deny',
      },
    },
    async fire({ changes, decision }, lab) {
      const evil = `https://evil-${lab.nonce}.example/landing`;
      const clientId = await registerClient(lab);
      const answer = await authorize(
        lab,
        clientId,
        { redirect_uri: evil, code_challenge: makeProof().challenge, ...changes },
        { decision },
      );
      return judgeNoRedirect(answer, CALLBACK);
    },
  }),

  defineAttack<{ state: string; decision: 'allow' | 'deny' }>({
    id: 'state-iss',
    title: 'An answer one cannot place',
    level: 'core',
    story:
      'A client knows several authorization servers, and one of them is dishonest: it makes the client bring it a code that another one issued. Against that answers carry `iss`, and against codes that somebody else slipped in, `state`. Both help only if they come back exactly, in errors, too.',
    secureAnswer:
      '`state` as it was sent, byte for byte, and `iss` equal to the issuer of the metadata, in success and in error.',
    lessonAnchor: 'an-answer-with-a-sender',
    references: [
      rfc(9207, '2'),
      rfc(9207, '2.4'),
      rfc(6749, '10.12'),
      cwe(352, 'Cross-Site Request Forgery'),
    ],
    payload: z.strictObject({ state: z.string(), decision: z.enum(['allow', 'deny']) }),
    ordinaryUse: wholeFlow,
    variants: {
      'the user agrees': { state: '{{nonce}}', decision: 'allow' },
      'the user says no': { state: '{{nonce}}', decision: 'deny' },
      'spaces around': { state: '  {{nonce}} ', decision: 'allow' },
      'signs that mean something': {
        state: '{{nonce}}&code=stolen#"><script>+%2B%00;=',
        decision: 'allow',
      },
      'a long one': { state: `{{nonce}}${'s'.repeat(1500)}`, decision: 'allow' },
      'not in normal form': { state: '{{nonce}} e\u0301 \ufb01', decision: 'allow' },
      'other scripts': { state: '{{nonce}} 東京 été', decision: 'deny' },
      'JSON, in an error': { state: ' {"return":"/a?b=c&d","n":"{{nonce}}"}', decision: 'deny' },
    },
    async fire({ state, decision }, lab) {
      const sent = state.replaceAll('{{nonce}}', lab.nonce);
      const clientId = await registerClient(lab);
      const answer = await authorize(
        lab,
        clientId,
        { state: sent, code_challenge: makeProof().challenge },
        { decision },
      );
      const { location, iss } = answer;
      if (!location?.startsWith(`${CALLBACK}?`)) {
        throw new StepFailed(`The client got no answer: ${describeReply(answer.reply)}`);
      }
      const breaches: string[] = [];
      const query = new URLSearchParams(location.slice(CALLBACK.length + 1));
      const states = query.getAll('state');
      if (states.length !== 1 || states[0] !== sent) {
        breaches.push(
          `The client sent state ${JSON.stringify(sent)} and got ${JSON.stringify(states)}.`,
        );
      }
      if (query.getAll('code').includes('stolen')) {
        breaches.push('A code that stood inside state came back as a parameter.');
      }
      if (iss !== lab.config.issuer) {
        breaches.push(
          `The answer says iss=${iss ?? 'nothing'}, and the issuer is ${lab.config.issuer}: a client cannot tell who answered.`,
        );
      }
      return { breaches, complaints: [] };
    },
  }),

  defineAttack<{ trick: ConsentTrick }>({
    id: 'consent-bypass',
    title: 'A decision nobody made',
    level: 'core',
    story:
      'Anybody can register a client, so all that stands between a stranger’s client and the user’s weather is the user’s own decision. The attacker avoids it: with a cookie from an earlier consent for another client, with a form on a page of their own, with the hidden field of a page they were shown themselves, or with our page in an invisible frame.',
    secureAnswer:
      'No code without a decision for this client, made by this browser on the page it was shown. The form is refused, and the page says that nobody may frame it.',
    lessonAnchor: 'a-decision-for-each-client',
    references: [
      confusedDeputy,
      rfc(9700, '4.16'),
      cwe(441, 'Confused Deputy'),
      cwe(1021, 'Improper Restriction of Rendered UI Layers'),
    ],
    payload: z.strictObject({
      trick: z.enum(CONSENT_TRICKS),
    }),
    ordinaryUse: wholeFlow,
    variants: Object.fromEntries(CONSENT_TRICKS.map((trick) => [trick, { trick }])),
    fire: ({ trick }, lab) => avoidConsent(trick, lab),
  }),
];

/** Sends a request with a weak proof or none, and redeems what comes of it. */
async function tryProof(lab: LabSession, request: Changes, redemption: Changes): Promise<Findings> {
  const { verifier, challenge } = makeProof();
  const names = { verifier, challenge };
  const clientId = await registerClient(lab);
  const answer = await authorize(lab, clientId, {
    code_challenge: challenge,
    ...fill(request, names),
  });
  if (answer.code === undefined) return judgeErrorRedirect(answer, lab, ['invalid_request']);
  const reply = await redeem(lab, clientId, answer.code, verifier, fill(redemption, names));
  const findings = judgeNoTokens(
    reply,
    'for a code without a proof that only its client has',
    PROOF_ERRORS,
  );
  // A missing method that is taken for S256 does no harm, nor does a challenge nothing fits.
  const isHarmless =
    request.code_challenge && [undefined, null, 'S256'].includes(request.code_challenge_method);
  if (findings.breaches.length === 0 && !isHarmless) {
    findings.complaints.push(
      'The server issued a code for a request it should have refused with invalid_request.',
    );
  }
  return findings;
}

/** A request whose redirect URI is not the client's must end on the server's own page. */
function judgeNoRedirect(answer: AuthorizationAnswer, registered: string): Findings {
  const { location, code, reply } = answer;
  if (location !== undefined && !isAnswerAt(registered, location)) {
    const what = code === undefined ? 'the browser' : 'a code';
    return { breaches: [`The server sent ${what} to ${location}.`], complaints: [] };
  }
  const isPage = reply.status >= 400 && reply.status < 500 && location === undefined;
  return {
    breaches: [],
    complaints: isPage
      ? []
      : [`The request has to end on an error page of the server’s own: ${describeReply(reply)}`],
  };
}

/** Whether `location` is the registered URI with an answer added to it, and nothing else. */
function isAnswerAt(registered: string, location: string): boolean {
  const separator = registered.includes('?') ? '&' : '?';
  if (!location.startsWith(registered + separator)) return false;
  const added = new URLSearchParams(location.slice(registered.length + 1));
  return [...added.keys()].every((name) => ANSWER_MEMBERS.includes(name));
}

const ANSWER_MEMBERS = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri'];

const uses: LegitimateUse[] = [
  {
    id: 'native-client-on-any-port',
    title: 'A native client gets its code on any port',
    why: 'A command-line client learns its port from the operating system, so it cannot register it. The rest of the address stays.',
    lessonAnchor: 'exactly-that-address',
    references: [rfc(8252, '7.3'), oauth21],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const [registered, requested] of [
        ['http://127.0.0.1/callback', 'http://127.0.0.1:53123/callback'],
        ['http://127.0.0.1:3000/callback', 'http://127.0.0.1:65535/callback'],
        ['http://[::1]/cb?x=1', 'http://[::1]:8080/cb?x=1'],
        ['https://app.example/cb?tenant=a', 'https://app.example/cb?tenant=a'],
        ['http://localhost:3000/cb', 'http://localhost:3000/cb'],
        ['http://localhost', 'http://localhost:53123'],
      ] as const) {
        const proof = makeProof();
        const others = ['https://first.example/cb'];
        const clientId = await registerClient(lab, { redirect_uris: [...others, registered] });
        const answer = await authorize(lab, clientId, {
          redirect_uri: requested,
          code_challenge: proof.challenge,
        });
        const separator = requested.includes('?') ? '&' : '?';
        if (answer.code === undefined || !answer.location?.startsWith(requested + separator)) {
          problems.push(
            `A client registered with ${registered} got no code at ${requested}: ${describeReply(answer.reply)}`,
          );
        }
      }
      return problems;
    },
  },
  {
    id: 'verifiers-of-any-length',
    title: 'Every legal verifier works',
    why: 'Verifiers are 43 to 128 characters long, and the one of RFC 7636, Appendix B, has to fit its challenge.',
    lessonAnchor: 'what-a-verifier-is',
    references: [
      rfc(7636, '4.1'),
      link('RFC 7636, Appendix B', 'https://www.rfc-editor.org/rfc/rfc7636#appendix-B'),
    ],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const [verifier, challenge] of [
        [
          'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
          'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        ],
        ['~'.repeat(128), s256('~'.repeat(128))],
        ['aB3-._~'.repeat(8), s256('aB3-._~'.repeat(8))],
      ] as const) {
        const clientId = await registerClient(lab);
        const code = await obtainCode(lab, clientId, { verifier, challenge });
        const reply = await redeem(lab, clientId, code, verifier);
        if (!tokensIn(reply)) {
          problems.push(`The verifier ${verifier} was refused: ${describeReply(reply)}`);
        }
      }
      return problems;
    },
  },
  {
    id: 'optional-parameters',
    title: 'A request may leave things out, and say more than is needed',
    why: 'Scope, resource and state are optional, and so is the redirect URI of a client that has only one. A server ignores what it does not know, and grants the scopes that were asked for.',
    lessonAnchor: 'errors-that-stay-home',
    references: [rfc(6749, '3.1'), rfc(6749, '3.3'), rfc(8707, '2')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const changes of [
        { scope: null },
        { resource: null },
        { state: null },
        { redirect_uri: null },
        { scope: 'weather:write weather:read' },
        { response_mode: 'query', ui_locales: 'ja', unheard_of: '1' },
      ] as Changes[]) {
        const asked = JSON.stringify(changes);
        const clientId = await registerClient(lab);
        const { verifier, challenge } = makeProof();
        const answer = await authorize(lab, clientId, { code_challenge: challenge, ...changes });
        const tokens =
          answer.code === undefined
            ? undefined
            : tokensIn(await redeem(lab, clientId, answer.code, verifier));
        if (!tokens) {
          problems.push(`${asked}: no token was given, ${describeReply(answer.reply)}`);
          continue;
        }
        const reply = await lab.call('get_weather', PARIS, { token: tokens.accessToken });
        if (!succeeded(reply)) {
          problems.push(`${asked}: the token was of no use, ${describeReply(reply)}`);
        }
        if (changes.scope && !tokens.scope?.includes('weather:write')) {
          problems.push(
            `${asked}: the token has the scope ${tokens.scope ?? 'that nobody names'}.`,
          );
        }
        if (changes.state === null && answer.state !== undefined) {
          problems.push(`${asked}: the answer has the state ${answer.state}, and nobody sent one.`);
        }
      }
      return problems;
    },
  },
  {
    id: 'asks-in-every-browser',
    title: 'A decision counts in the browser that made it',
    why: 'Alice has agreed on her machine. Somebody else opens the same link on theirs, and has to be asked who they are and what they want.',
    lessonAnchor: 'a-decision-for-each-client',
    references: [confusedDeputy],
    worksOnBaseline: true,
    async try(lab) {
      const clientId = await registerClient(lab);
      await obtainCode(lab, clientId, makeProof());
      const asked = { code_challenge: makeProof().challenge };
      const elsewhere = await openAuthorization(lab, clientId, asked);
      return elsewhere.code === undefined
        ? []
        : ['Another browser got a code without being asked anything.'];
    },
  },
  {
    id: 'says-what-is-wrong',
    title: 'Mistakes of an honest client are explained to it',
    why: 'A client can repair its request only if it is told what is wrong, at its own address and with its own state.',
    lessonAnchor: 'errors-that-stay-home',
    references: [rfc(6749, '4.1.2.1'), rfc(8707, '2')],
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      for (const [changes, codes] of [
        [{ response_type: 'token' }, ['unsupported_response_type', 'invalid_request']],
        [{ response_type: null }, ['invalid_request', 'unsupported_response_type']],
        [{ response_type: 'code token' }, ['unsupported_response_type', 'invalid_request']],
        [{ scope: 'weather:everything' }, ['invalid_scope']],
        [{ resource: 'https://other.example/mcp' }, ['invalid_target']],
        [{ resource: `${lab.config.resource}.evil.example` }, ['invalid_target']],
        [{ resource: new URL('/other', lab.config.resource).href }, ['invalid_target']],
      ] as const) {
        const clientId = await registerClient(lab);
        const proof = makeProof();
        const answer = await authorize(lab, clientId, {
          code_challenge: proof.challenge,
          ...changes,
        });
        if (answer.code !== undefined && 'scope' in changes) {
          // A server may also leave out what it does not know, and say so (RFC 6749 §3.3).
          const tokens = tokensIn(await redeem(lab, clientId, answer.code, proof.verifier));
          if (tokens && !tokens.scope?.includes('everything')) continue;
        }
        const { complaints, breaches } = judgeErrorRedirect(answer, lab, [...codes]);
        const found = [
          ...breaches,
          ...complaints,
          ...(answer.code === undefined ? [] : ['It got a code.']),
          ...(answer.location === undefined ? ['It ended on an error page.'] : []),
        ];
        problems.push(...found.map((problem) => `${JSON.stringify(changes)}: ${problem}`));
      }
      return problems;
    },
  },
];

export const catalogue: TopicCatalogue = { attacks, uses };
