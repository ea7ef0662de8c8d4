/**
 * Attacks on the edge: pages that should not ask, names the server does not have, and bodies that
 * nobody should read to the end.
 */
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import type { Revision } from '../../../exercises/weather-server/controls.ts';
import { messageOf } from '../../../lab/message-of.ts';
import {
  type SendBody,
  StepFailed,
  type LabSession,
  type LabReply,
  type LabRequest,
} from '../../../lab/protocol.ts';
import { CALLBACK, registerClient } from '../oauth-client.ts';
import { cwe, link, mcp, rfc } from '../references.ts';
import { describeReply, PARIS, succeeded } from '../replies.ts';
import { inBothRevisions } from '../revisions.ts';

const securityWarning = mcp('basic/transports', 'security-warning', 'Security Warning');
const cors = link(
  'WHATWG Fetch, CORS protocol',
  'https://fetch.spec.whatwg.org/#http-cors-protocol',
);
const originValidation = cwe(346, 'Origin Validation Error');
const unbounded = cwe(770, 'Allocation of Resources Without Limits or Throttling');

const PAGE = 'https://app.example';
const JSON_RPC_HEADERS = {
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2025-11-25',
};
const NONE: Findings = { breaches: [], complaints: [] };

const weatherCall = (args: unknown, more: object = {}): object => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'get_weather', arguments: args },
  ...more,
});

/** A body that holds a call of `get_weather`, and its headers, in the form of a revision. */
function inForm(revision: Revision, body: unknown): { headers: object; body: unknown } {
  if (revision === '2025-11-25') return { headers: JSON_RPC_HEADERS, body };
  const honest = messageOf(revision, 'tools/call', { name: 'get_weather', arguments: PARIS }, 1);
  const meta = JSON.stringify(honest.body.params['_meta']);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { ...honest, body: text.replace('"params":{', `"params":{"_meta":${meta},`) };
}

/** Posts a body to `/mcp` as a user of its own; `headers` come on top. */
async function post(
  lab: LabSession,
  body: unknown,
  label: string,
  { headers = {}, ...more }: Omit<Partial<LabRequest>, 'body'> = {},
): Promise<LabReply> {
  const form = inForm(lab.revision, body);
  const authorization = `Bearer ${await lab.mint()}`;
  return lab.send(
    {
      path: '/mcp',
      ...more,
      headers: { ...form.headers, authorization, ...headers },
      body: form.body,
    },
    label,
  );
}

const ran = async (lab: LabSession, reply: LabReply): Promise<boolean> =>
  (await lab.executions([reply])).length > 0;

/** Whether a request got as far as the part that answers messages. */
const reachedMessages = async (lab: LabSession, { requestId }: LabReply): Promise<boolean> =>
  (await lab.tape()).some(
    (entry) => entry.requestId === requestId && (entry.kind === 'message' || entry.kind === 'tool'),
  );

const isServerError = ({ status }: LabReply): boolean => status === 0 || status >= 500;
const isSuccess = ({ status }: LabReply): boolean => status >= 200 && status < 300;
const isClientError = ({ status }: LabReply): boolean => status >= 400 && status < 500;

// ------------------------------------------------------------------------------- what pages read

const allowOrigin = ({ headers }: LabReply): string | undefined =>
  headers['access-control-allow-origin'];
const allowsCredentials = ({ headers }: LabReply): boolean =>
  headers['access-control-allow-credentials'] === 'true';

/** Whether a browser lets a page of `origin` read an answer; its script sent no credentials. */
const mayRead = (reply: LabReply, origin: string): boolean =>
  [origin, '*'].includes(allowOrigin(reply) ?? '');

/** Names in a header that is a list, in lower case. */
const listed = (value: string | undefined): string[] =>
  (value ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());

/** What keeps a page of `origin` from sending a request with `wanted` headers, asked beforehand. */
function whyPreflightFails(reply: LabReply, origin: string, wanted: string[]): string[] {
  if (!isSuccess(reply)) return [`The preflight was refused: ${describeReply(reply)}`];
  if (!mayRead(reply, origin)) return [`The preflight does not allow ${origin}.`];
  const allowed = listed(reply.headers['access-control-allow-headers']);
  // A star stands for every header but this one (Fetch, CORS protocol).
  const missing = wanted.filter(
    (name) => !allowed.includes(name) && (name === 'authorization' || !allowed.includes('*')),
  );
  return missing.map((name) => `The preflight does not allow the header ${name}.`);
}

const preflight = (
  lab: LabSession,
  path: string,
  origin: string,
  headers: string[],
  method = 'POST',
) =>
  lab.send(
    {
      method: 'OPTIONS',
      path,
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': headers.join(','),
      },
    },
    `preflight for ${path}`,
  );

const MCP_REQUEST_HEADERS = ['authorization', 'content-type', 'mcp-protocol-version'];

/** Whether a body was compressed; `chunked` is how it travels, not what it is. */
const isCoding = (sendBody: SendBody | undefined): boolean =>
  sendBody !== undefined && sendBody !== 'chunked';

// -------------------------------------------------------------------------------- security headers

/** What proxies write of a connection that was TLS in front of them, and what anybody can write. */
const CLAIMS_OF_TLS = {
  'x-forwarded-proto': 'https',
  forwarded: 'proto=https;host=localhost',
  'x-forwarded-ssl': 'on',
  'front-end-https': 'on',
  'x-forwarded-scheme': 'https',
  'x-url-scheme': 'https',
  'x-scheme': 'https',
};

/** A server that always says it is heard over TLS only; one that believes a header is not its own. */
async function believesInTls(lab: LabSession): Promise<string[]> {
  const call = async (headers: Record<string, string>) =>
    lab.call('get_weather', PARIS, { token: await lab.mint(), headers });
  const [plain, claimed] = [await call({}), await call(CLAIMS_OF_TLS)];
  return plain.headers['strict-transport-security'] === undefined &&
    claimed.headers['strict-transport-security'] !== undefined
    ? ['the client said that it came over TLS, and Strict-Transport-Security believes it']
    : [];
}

/** A file of the metadata, a refusal, a page: answers of all parts of the server. */
const ANSWERS = {
  'a call that succeeds': async (lab: LabSession) =>
    lab.call('get_weather', PARIS, { token: await lab.mint() }),
  'a call that says it came over TLS': async (lab: LabSession) =>
    lab.call('get_weather', PARIS, { token: await lab.mint(), headers: CLAIMS_OF_TLS }),
  'a call without a token (401)': (lab: LabSession) => lab.call('get_weather', PARIS),
  'a scope that is missing (403)': async (lab: LabSession) =>
    lab.call(
      'save_alert',
      { city: 'Paris', text: 'rain' },
      { token: await lab.mint({ claims: { scope: 'weather:read' } }) },
    ),
  'the page of a stranger (403)': async (lab: LabSession) =>
    lab.call('get_weather', PARIS, {
      token: await lab.mint(),
      headers: { origin: 'https://evil.example' },
    }),
  'an unknown route (404)': (lab: LabSession) =>
    lab.send({ path: `/${lab.nonce}` }, 'an unknown route'),
  'a body that is too large (413)': (lab: LabSession) =>
    post(lab, ' '.repeat(lab.config.maxBodyBytes + 1), 'a body that is too large'),
  'malformed JSON (400)': (lab: LabSession) => post(lab, '{"jsonrpc":', 'malformed JSON'),
  discovery: (lab: LabSession) =>
    lab.send({ path: '/.well-known/oauth-protected-resource/mcp' }, 'discovery'),
  'a refused token request': (lab: LabSession) =>
    lab.send(
      {
        path: '/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=nothing',
      },
      'a refused token request',
    ),
  'the consent page': async (lab: LabSession) => {
    const asked = new URLSearchParams({
      response_type: 'code',
      client_id: await registerClient(lab),
      redirect_uri: CALLBACK,
      scope: 'weather:read',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    return lab.send({ path: `/authorize?${asked}` }, 'the consent page');
  },
} satisfies Record<string, (lab: LabSession) => Promise<LabReply>>;
type Answer = keyof typeof ANSWERS;

/** Nobody, ourselves, or one site by its name. */
const NAMED_ANCESTOR = /^(?:'none'|'self'|https?:\/\/[^*\s]+)$/i;

function missingHeaders({ headers }: LabReply): string[] {
  const missing: string[] = [];
  if (listed(headers['x-content-type-options'])[0] !== 'nosniff') {
    missing.push('a browser may guess its type (no nosniff)');
  }
  // Where a policy names ancestors, browsers look at nothing else (CSP3 §6.4.2.2).
  const ancestors = /(?:^|[;,])\s*frame-ancestors\s+([^;,]*)/i
    .exec(headers['content-security-policy'] ?? '')?.[1]
    ?.trim();
  // Sent twice, the same word counts once; two different ones count as none.
  const options = new Set(listed(headers['x-frame-options']));
  const mayFrame =
    ancestors === undefined
      ? options.size !== 1 || !(options.has('deny') || options.has('sameorigin'))
      : !ancestors.split(/\s+/).every((source) => NAMED_ANCESTOR.test(source));
  if (mayFrame) missing.push('any site may put it into a frame');
  if (headers['x-powered-by'] !== undefined) {
    missing.push(`it says what it is made of (${headers['x-powered-by']})`);
  }
  return missing;
}

// ------------------------------------------------------------------------------------------ bodies

interface LargeBody {
  bytes: number;
  sendBody?: SendBody | undefined;
  padding: 'an argument' | 'blanks' | 'letters of three bytes';
}

/** A call of exactly `bytes` bytes. */
function largeCall({ bytes, padding }: LargeBody): string {
  const bare = JSON.stringify(weatherCall({ ...PARIS, padding: '' }));
  const missing = Math.max(0, bytes - bare.length);
  if (padding === 'blanks') return bare + ' '.repeat(missing);
  const wide = padding === 'an argument' ? 0 : Math.floor(missing / 3);
  const text = '東'.repeat(wide) + 'x'.repeat(missing - 3 * wide);
  return bare.replace('"padding":""', `"padding":"${text}"`);
}

const NESTS = {
  arrays: (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`,
  objects: (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`,
};
type Nest = keyof typeof NESTS;
type NestPlace = 'an argument' | '_meta' | 'the message';

function deepCall(levels: number, of: Nest, at: NestPlace): string {
  const nest = NESTS[of](levels);
  const inArguments = at === 'an argument' ? `,"x":${nest}` : '';
  const inParams = at === '_meta' ? `,"_meta":{"x":${nest}}` : '';
  const inMessage = at === 'the message' ? `,"x":${nest}` : '';
  return `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_weather","arguments":{"city":"Paris","units":"metric"${inArguments}}${inParams}}${inMessage}}`;
}

/** A call as text, because an object literal cannot hold a member of its own called __proto__. */
const callWith = (inArguments: string, inMessage = ''): string =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_weather","arguments":{"city":"Paris","units":"metric"${inArguments}}}${inMessage}}`;

// ----------------------------------------------------------------------------------------- attacks

const text = z.string().max(300);

const attacks: Attack[] = [
  defineAttack<{ origin: string; method: 'POST' | 'GET' | 'DELETE' }>({
    id: 'origin-hostile',
    title: 'A page that should not ask',
    level: 'core',
    story:
      'A web page of the attacker calls the server from the browser of somebody who visits it: a server on that person’s own machine, or behind their company’s firewall. The browser says truthfully which origin the page has, and the attacker picks one that looks almost right.',
    secureAnswer:
      '403 before a tool runs, on every method. An origin is compared with the list as a whole text.',
    lessonAnchor: 'compare-origins-as-whole-texts',
    references: [securityWarning, originValidation, rfc(6454, '6.2')],
    payload: z.strictObject({ origin: text, method: z.enum(['POST', 'GET', 'DELETE']) }),
    variants: {
      'a stranger': { origin: 'https://evil.example', method: 'POST' },
      'no origin to speak of (null)': { origin: 'null', method: 'POST' },
      'begins with localhost': { origin: 'http://localhost.evil.example', method: 'POST' },
      'ends with localhost': { origin: 'http://evil-localhost', method: 'POST' },
      'begins with ours': { origin: 'https://app.example.evil.example', method: 'POST' },
      'ends with our host': { origin: 'https://xapp.example', method: 'POST' },
      'a host below ours': { origin: 'https://blog.app.example', method: 'POST' },
      'the beginning of ours': { origin: 'https://app', method: 'POST' },
      'a letter for the dot': { origin: 'https://app-example', method: 'POST' },
      'our host, another port': { origin: 'https://app.example:8443', method: 'POST' },
      'our host without TLS': { origin: 'http://app.example', method: 'POST' },
      'two origins': { origin: 'https://app.example https://evil.example', method: 'POST' },
      'a stranger, with GET': { origin: 'https://evil.example', method: 'GET' },
      'a stranger, with DELETE': { origin: 'https://evil.example', method: 'DELETE' },
    },
    async fire({ origin, method }, lab) {
      const token = await lab.mint();
      const reply =
        method === 'POST'
          ? await lab.call('get_weather', PARIS, { token, headers: { origin } })
          : await lab.send(
              {
                method,
                path: '/mcp',
                headers: { ...JSON_RPC_HEADERS, authorization: `Bearer ${token}`, origin },
              },
              `${method} /mcp`,
            );
      if (await ran(lab, reply)) {
        return { breaches: [`A tool ran for a page of ${origin}.`], complaints: [] };
      }
      if (await reachedMessages(lab, reply)) {
        return {
          breaches: [
            `${method} from a page of ${origin} got as far as the part that answers messages.`,
          ],
          complaints: [],
        };
      }
      return reply.status === 403
        ? NONE
        : {
            breaches: [],
            complaints: [
              `An origin that is not ours is refused with 403; it answered ${describeReply(reply)}`,
            ],
          };
    },
  }),

  defineAttack<{ host: string; headers: Record<string, string>; path: string }>({
    id: 'host-rebinding',
    title: 'A name that was moved here',
    level: 'core',
    story:
      'The attacker’s page is loaded from their own name; a moment later that name leads to 127.0.0.1. For the browser the page still is of the same origin, so that it may call and read what it likes, with or without an Origin header. Only Host betrays which name was asked for.',
    secureAnswer:
      '403 (or 421) before a tool runs: the server knows its own names, and takes them from Host alone.',
    lessonAnchor: 'the-name-you-were-called-by',
    references: [
      securityWarning,
      link('CVE-2025-66414', 'https://nvd.nist.gov/vuln/detail/CVE-2025-66414'),
      link('CVE-2025-49596', 'https://nvd.nist.gov/vuln/detail/CVE-2025-49596'),
      cwe(350, 'Reliance on Reverse DNS Resolution for a Security-Critical Action'),
      rfc(9110, '7.2'),
    ],
    payload: z.strictObject({
      host: text,
      headers: z.record(z.string().max(60), text),
      path: z
        .string()
        .max(300)
        .regex(/^(\/|https?:\/\/)/),
    }),
    variants: {
      'another name': { host: 'evil.example', headers: {}, path: '/mcp' },
      'another name, with a port': { host: 'evil.example:3001', headers: {}, path: '/mcp' },
      'begins with localhost': { host: 'localhost.evil.example:3001', headers: {}, path: '/mcp' },
      'begins with 127.0.0.1': { host: '127.0.0.1.evil.example:3001', headers: {}, path: '/mcp' },
      'ends with localhost': { host: 'evil-localhost:3001', headers: {}, path: '/mcp' },
      'a user called localhost': { host: 'localhost@evil.example', headers: {}, path: '/mcp' },
      'the beginning of localhost': { host: 'local:3001', headers: {}, path: '/mcp' },
      'all addresses (0.0.0.0)': { host: '0.0.0.0:3001', headers: {}, path: '/mcp' },
      'Origin of the same name': {
        host: 'evil.example:3001',
        headers: { origin: 'http://evil.example:3001' },
        path: '/mcp',
      },
      'Origin of a page of ours': {
        host: 'evil.example:3001',
        headers: { origin: PAGE },
        path: '/mcp',
      },
      'X-Forwarded-Host says localhost': {
        host: 'evil.example:3001',
        headers: { 'x-forwarded-host': 'localhost:3001', forwarded: 'host=localhost' },
        path: '/mcp',
      },
      'the name in the request line too': {
        host: 'evil.example',
        headers: {},
        path: 'http://evil.example/mcp',
      },
    },
    fire: callUnderName,
  }),

  defineAttack<{ host: string; headers: Record<string, string>; path: string }>({
    id: 'host-absolute-form',
    title: 'Two names in one request',
    level: 'stretch',
    story:
      'A request line may hold a whole URL, which then counts instead of Host. The attacker writes their own name there and a good one into Host, so that a proxy and the server disagree on who was asked.',
    secureAnswer: '403, 421 or 400: every name in the request has to be one of ours.',
    lessonAnchor: 'the-name-you-were-called-by',
    references: [rfc(9112, '3.2.2'), cwe(444, 'Inconsistent Interpretation of HTTP Requests')],
    payload: z.strictObject({
      host: text,
      headers: z.record(z.string().max(60), text),
      path: z
        .string()
        .max(300)
        .regex(/^(\/|https?:\/\/)/),
    }),
    variants: {
      'another name in the request line': {
        host: 'localhost:3001',
        headers: {},
        path: 'http://evil.example/mcp',
      },
    },
    fire: callUnderName,
  }),

  defineAttack<{ origin: string }>({
    id: 'cors-reflection',
    title: 'Whoever asks is allowed',
    level: 'core',
    story:
      'A server that copies the Origin of a request into Access-Control-Allow-Origin has a list of allowed pages with all pages of the world on it. The attacker’s page asks with a preflight, sends a call, and reads the answer.',
    secureAnswer:
      'No answer of /mcp lets a stranger read it, preflights included, and `null` is a stranger. Public documents may be open to all with a star.',
    lessonAnchor: 'what-cors-is-for',
    references: [cors, cwe(942, 'Permissive Cross-domain Security Policy with Untrusted Domains')],
    payload: z.strictObject({ origin: text }),
    variants: {
      'a stranger': { origin: 'https://evil.example' },
      'no origin to speak of (null)': { origin: 'null' },
      'a host below ours': { origin: 'https://blog.app.example' },
      'begins with ours': { origin: 'https://app.example.evil.example' },
      'ends with our host': { origin: 'https://xapp.example' },
    },
    async fire({ origin }, lab) {
      const breaches: string[] = [];
      const asked = await preflight(lab, '/mcp', origin, MCP_REQUEST_HEADERS);
      if (isSuccess(asked) && mayRead(asked, origin)) {
        breaches.push(`The preflight allows pages of ${origin} to call /mcp.`);
      }
      const call = await lab.call('get_weather', PARIS, { headers: { origin } });
      // With a star, a stranger may read that they were refused, and nothing else.
      if (allowOrigin(call) === origin || (mayRead(call, origin) && call.status !== 403)) {
        breaches.push(`Pages of ${origin} may read what /mcp answers.`);
      }
      const form = { origin, 'content-type': 'application/x-www-form-urlencoded' };
      const others = [
        await lab.send(
          { path: '/.well-known/oauth-protected-resource', headers: { origin } },
          'discovery',
        ),
        await lab.send(
          { path: '/token', headers: form, body: 'grant_type=nothing' },
          'token request',
        ),
      ];
      for (const reply of [asked, call, ...others]) {
        if (allowOrigin(reply) === origin && allowsCredentials(reply)) {
          breaches.push(`Pages of ${origin} may send the user’s cookies, and read the answer.`);
        }
      }
      return { breaches: [...new Set(breaches)], complaints: [] };
    },
  }),

  defineAttack<{ contentTypes: string[] }>({
    id: 'csrf-simple-post',
    title: 'A form that is a call',
    level: 'core',
    story:
      'Before it sends JSON to another site, a browser asks with a preflight. For the types that forms have it does not ask. So the attacker’s page writes a call into a body of plain text, and a server that parses whatever comes does the rest.',
    secureAnswer:
      '415 (or 400): only application/json is read, and only the type counts, not what stands behind it.',
    lessonAnchor: 'one-type-of-body',
    references: [
      link(
        'WHATWG Fetch, CORS-safelisted request-header',
        'https://fetch.spec.whatwg.org/#cors-safelisted-request-header',
      ),
      cwe(352, 'Cross-Site Request Forgery'),
    ],
    payload: z.strictObject({
      contentTypes: z
        .array(
          z
            .string()
            .max(100)
            .regex(/^[\t -~]*$/),
        )
        .min(1)
        .max(8),
    }),
    variants: {
      'plain text': { contentTypes: ['text/plain', 'text/plain;charset=UTF-8'] },
      'the types of forms': {
        contentTypes: ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
      },
      'JSON as a parameter': {
        contentTypes: ['text/plain; a=application/json', 'text/plain;application/json'],
      },
      'no type at all': { contentTypes: [''] },
    },
    async fire({ contentTypes }, lab) {
      const findings: Findings = { breaches: [], complaints: [] };
      for (const type of contentTypes) {
        const shown = type || 'no type';
        const reply = await post(lab, weatherCall(PARIS), shown, {
          headers: { 'content-type': type },
        });
        if (await ran(lab, reply)) {
          findings.breaches.push(
            `A body of ${shown} made a tool run; no browser asks before it sends one.`,
          );
        } else if (!isClientError(reply)) {
          findings.complaints.push(
            `A body of another type is refused with 415; for ${shown} it answered ${describeReply(reply)}`,
          );
        }
      }
      return findings;
    },
  }),

  defineAttack<LargeBody>({
    id: 'body-oversize',
    title: 'More than anybody should read',
    level: 'core',
    story:
      'The attacker sends a body that is larger than the server promised to take. A limit that trusts Content-Length misses one that comes in chunks, and one that counts bytes on the wire misses one that was compressed: a few kilobytes of gzip are megabytes of blanks.',
    secureAnswer:
      '413, however the body was sent: what counts are the bytes that are to be parsed.',
    lessonAnchor: 'a-limit-that-holds',
    references: [
      unbounded,
      cwe(409, 'Improper Handling of Highly Compressed Data'),
      rfc(9110, '15.5.14'),
      link(
        'OWASP API4:2023',
        'https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/',
      ),
    ],
    payload: z.strictObject({
      bytes: z
        .int()
        .min(1)
        .max(8 * 1024 * 1024),
      sendBody: z.enum(['gzip', 'deflate', 'br', 'chunked']).optional(),
      padding: z.enum(['an argument', 'blanks', 'letters of three bytes']),
    }),
    variants: {
      'one byte too many': { bytes: 1024 * 1024 + 1, padding: 'an argument' },
      'in chunks': { bytes: 1024 * 1024 + 1, padding: 'an argument', sendBody: 'chunked' },
      'blanks, twice as many': { bytes: 2 * 1024 * 1024, padding: 'blanks' },
      'letters of three bytes': { bytes: 2 * 1024 * 1024, padding: 'letters of three bytes' },
      'a gzip bomb': { bytes: 4 * 1024 * 1024, padding: 'an argument', sendBody: 'gzip' },
      'a gzip bomb of blanks': { bytes: 4 * 1024 * 1024, padding: 'blanks', sendBody: 'gzip' },
      'a Brotli bomb': { bytes: 4 * 1024 * 1024, padding: 'an argument', sendBody: 'br' },
      'a deflate bomb': { bytes: 4 * 1024 * 1024, padding: 'an argument', sendBody: 'deflate' },
    },
    async fire(body, lab) {
      const { bytes, sendBody } = body;
      const reply = await post(
        lab,
        largeCall(body),
        `${bytes} bytes`,
        sendBody ? { sendBody } : {},
      );
      if (bytes <= lab.config.maxBodyBytes) return NONE;
      if (await ran(lab, reply)) {
        return {
          breaches: [
            `A body of ${bytes} bytes was read and its call ran; the limit is ${lab.config.maxBodyBytes}.`,
          ],
          complaints: [],
        };
      }
      // Who takes no such coding says so with 415 (RFC 9110 section 15.5.16), and has read nothing either.
      const takesNoneOfIt = isCoding(sendBody) && reply.status === 415;
      return reply.status === 413 || takesNoneOfIt
        ? NONE
        : {
            breaches: [],
            complaints: [
              `A body that is too large is answered with 413; it answered ${describeReply(reply)}`,
            ],
          };
    },
  }),

  defineAttack<{ levels: number; of: Nest; at: NestPlace }>({
    id: 'json-deep-nesting',
    title: 'A hundred thousand brackets',
    level: 'core',
    story:
      'JSON.parse does not mind depth, but nearly everything that handles its result does: a merge, a log, a validator calls itself for each level until the stack is full. The attacker hides the depth where nobody looks for it, in an argument the tool does not have.',
    secureAnswer:
      '400, from a check that does not recurse itself. Leaving out what is too deep will do as well.',
    lessonAnchor: 'a-limit-for-depth',
    references: [cwe(674, 'Uncontrolled Recursion'), rfc(8259, '9')],
    payload: z.strictObject({
      levels: z.int().min(1).max(150_000),
      of: z.enum(['arrays', 'objects']),
      at: z.enum(['an argument', '_meta', 'the message']),
    }),
    variants: {
      '20,000 arrays': { levels: 20_000, of: 'arrays', at: 'an argument' },
      '100,000 arrays': { levels: 100_000, of: 'arrays', at: 'an argument' },
      '100,000 objects': { levels: 100_000, of: 'objects', at: 'an argument' },
      '100,000 arrays in _meta': { levels: 100_000, of: 'arrays', at: '_meta' },
      '100,000 arrays beside the method': { levels: 100_000, of: 'arrays', at: 'the message' },
    },
    async fire({ levels, of, at }, lab) {
      const reply = await post(lab, deepCall(levels, of, at), `${levels} levels in ${at}`);
      if (isServerError(reply)) {
        return {
          breaches: [`${levels} levels brought the server to an error: ${describeReply(reply)}`],
          complaints: [],
        };
      }
      const tape = (await lab.tape()).filter(({ requestId }) => requestId === reply.requestId);
      const kinds = new Set(tape.map(({ kind }) => kind));
      return kinds.has('tool') && !kinds.has('audit')
        ? {
            breaches: [
              `A call of ${levels} levels ran, and what writes the log could not follow: there is no line.`,
            ],
            complaints: [],
          }
        : NONE;
    },
  }),

  defineAttack<{ body: string; token: boolean }>({
    id: 'json-proto',
    title: 'A member of every object',
    level: 'core',
    story:
      'In JSON, __proto__ is a name like any other. Code that copies members one by one does not see it that way: it writes into the object that all objects inherit from. From then on every object of the process has the attacker’s member, for all users, until a restart.',
    secureAnswer: '400, or a call without those members. No object outside the message changes.',
    lessonAnchor: 'names-that-mean-something',
    references: [
      cwe(1321, 'Prototype Pollution'),
      link(
        'OWASP, Prototype Pollution Prevention',
        'https://cheatsheetseries.owasp.org/cheatsheets/Prototype_Pollution_Prevention_Cheat_Sheet.html',
      ),
    ],
    payload: z.strictObject({ body: z.string().max(4000), token: z.boolean() }),
    variants: {
      'in the arguments': { body: callWith(',"__proto__":{"admin{{nonce}}":true}'), token: true },
      'in the message': { body: callWith('', ',"__proto__":{"admin{{nonce}}":true}'), token: true },
      'without a token': {
        body: callWith('', ',"__proto__":{"admin{{nonce}}":true}'),
        token: false,
      },
      'constructor.prototype': {
        body: callWith(',"constructor":{"prototype":{"admin{{nonce}}":true}}'),
        token: true,
      },
      'further down': {
        body: callWith(',"x":{"y":[{"z":{"__proto__":{"admin{{nonce}}":true}}}]}'),
        token: true,
      },
      'constructor.prototype, further down': {
        body: callWith(',"x":{"y":{"constructor":{"prototype":{"admin{{nonce}}":true}}}}'),
        token: true,
      },
      twice: {
        body: callWith(',"__proto__":{},"__proto__":{"admin{{nonce}}":true}'),
        token: true,
      },
      'written with an escape': {
        body: callWith(',"\\u005f_proto__":{"admin{{nonce}}":true}'),
        token: true,
      },
    },
    async fire({ body, token }, lab) {
      await lab.pollution();
      const filled = body.replaceAll('{{nonce}}', lab.nonce);
      const reply = token
        ? await post(lab, filled, 'the message')
        : await lab.send({ path: '/mcp', headers: JSON_RPC_HEADERS, body: filled }, 'the message');
      const added = await lab.pollution();
      if (added.length > 0) {
        return {
          breaches: [`Every object of the server’s process has ${added.join(', ')} now.`],
          complaints: [],
        };
      }
      return isServerError(reply)
        ? { breaches: [], complaints: [`The server fell into an error: ${describeReply(reply)}`] }
        : NONE;
    },
  }),

  defineAttack<{ answer: Answer }>({
    id: 'security-headers',
    title: 'Answers a browser may misuse',
    level: 'core',
    story:
      'The attacker looks for an answer that a browser takes for something else than it is: text it may guess to be a page, a page that can be framed under another one. Refusals are the likeliest to lack the headers. And a server that names its framework saves the attacker a guess.',
    secureAnswer:
      'Every answer says nosniff, forbids frames, and keeps quiet about Express. Strict-Transport-Security means something over TLS only.',
    lessonAnchor: 'headers-on-every-answer',
    references: [
      cwe(693, 'Protection Mechanism Failure'),
      cwe(1021, 'Improper Restriction of Rendered UI Layers or Frames'),
      link(
        'OWASP, HTTP Headers',
        'https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html',
      ),
      rfc(6797, '7.2'),
    ],
    payload: z.strictObject({ answer: z.enum(Object.keys(ANSWERS) as [Answer]) }),
    variants: Object.fromEntries(
      (Object.keys(ANSWERS) as Answer[]).map((answer) => [answer, { answer }]),
    ),
    async fire({ answer }, lab) {
      const reply = await ANSWERS[answer](lab);
      if (reply.failure) throw new StepFailed(`There was no answer: ${reply.failure}.`);
      return {
        breaches: [
          ...missingHeaders(reply),
          ...(answer === 'a call that says it came over TLS' ? await believesInTls(lab) : []),
        ].map((what) => `The answer to ${answer}, HTTP ${reply.status}: ${what}.`),
        complaints: [],
      };
    },
  }),
];

/** A call to the server under other names than its own. */
async function callUnderName(
  { host, headers, path }: { host: string; headers: Record<string, string>; path: string },
  lab: LabSession,
): Promise<Findings> {
  const token = await lab.mint();
  const reply = await lab.call('get_weather', PARIS, {
    token,
    path,
    headers: { ...headers, host },
  });
  if (await ran(lab, reply)) {
    return {
      breaches: [`A tool ran for a request to ${host}, asked for as ${path}.`],
      complaints: [],
    };
  }
  return [400, 403, 421].includes(reply.status)
    ? NONE
    : {
        breaches: [],
        complaints: [
          `A name that is not ours is refused with 403; it answered ${describeReply(reply)}`,
        ],
      };
}

// -------------------------------------------------------------------------------------------- uses

const uses: LegitimateUse[] = [
  {
    id: 'callers-without-a-page',
    title: 'Callers without a page',
    why: 'Command lines, desktop clients and other servers send no Origin, and reach this server by any of its names, on the port a tunnel or a container gave it.',
    lessonAnchor: 'the-name-you-were-called-by',
    references: [securityWarning, rfc(9110, '7.2'), rfc(9112, '3.2.2')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const host of ['127.0.0.1:3001', 'localhost:6274', 'localhost', '[::1]:3001', '[::1]']) {
        const reply = await lab.call('get_weather', PARIS, {
          token: await lab.mint(),
          headers: { host },
          label: `Host: ${host}`,
        });
        if (!succeeded(reply)) problems.push(`A call to ${host} failed: ${describeReply(reply)}`);
      }
      // A proxy may put the whole URL into the request line, and a server has to take it.
      const reply = await lab.call('get_weather', PARIS, {
        token: await lab.mint(),
        path: 'http://localhost:3001/mcp',
        headers: { host: 'localhost:3001' },
        label: 'a whole URL in the request line',
      });
      if (!succeeded(reply)) {
        problems.push(`A call with a whole URL in its line failed: ${describeReply(reply)}`);
      }
      return problems;
    },
  },
  {
    id: 'pages-of-ours-read-answers',
    title: 'Pages of ours read answers',
    why: 'A page needs a preflight that succeeds without a token, answers it may read, and the challenge of a 401, or it can never ask for a token.',
    lessonAnchor: 'what-cors-is-for',
    references: [cors, rfc(9110, '11.6.1')],
    worksOnBaseline: false,
    async try(lab) {
      const asked = await preflight(lab, '/mcp', PAGE, MCP_REQUEST_HEADERS);
      const problems = whyPreflightFails(asked, PAGE, MCP_REQUEST_HEADERS);
      const token = await lab.mint();
      const call = await lab.call('get_weather', PARIS, { token, headers: { origin: PAGE } });
      if (!succeeded(call)) problems.push(`The call was refused: ${describeReply(call)}`);
      const refused = await lab.call('get_weather', PARIS, {
        headers: { origin: PAGE },
        label: 'a call without a token',
      });
      if (refused.status !== 401) problems.push(`Without a token: ${describeReply(refused)}`);
      for (const [what, reply] of Object.entries({ call, 'call without a token': refused })) {
        if (!mayRead(reply, PAGE)) problems.push(`${PAGE} may not read the answer to the ${what}.`);
      }
      const exposed = listed(refused.headers['access-control-expose-headers']);
      if (!exposed.includes('www-authenticate') && !exposed.includes('*')) {
        problems.push(
          `${PAGE} may not read WWW-Authenticate, so it cannot find out where to get a token.`,
        );
      }
      return problems;
    },
  },
  {
    id: 'pages-of-ours-sign-in',
    title: 'Pages of ours sign in',
    why: 'A client in a browser reads the metadata, registers and asks for tokens with fetch. What a cache keeps of it must not be given to a page of another origin.',
    lessonAnchor: 'what-cors-is-for',
    references: [cors, rfc(8414, '3'), rfc(9110, '12.5.5')],
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      const headers = { origin: PAGE };
      const metadata = '/.well-known/oauth-protected-resource/mcp';
      problems.push(
        ...whyPreflightFails(
          await preflight(lab, metadata, PAGE, ['mcp-protocol-version'], 'GET'),
          PAGE,
          ['mcp-protocol-version'],
        ),
        ...whyPreflightFails(await preflight(lab, '/register', PAGE, ['content-type']), PAGE, [
          'content-type',
        ]),
      );
      const document = await lab.send({ path: metadata, headers }, 'discovery');
      const replies = {
        discovery: document,
        'authorization server metadata': await lab.send(
          { path: '/.well-known/oauth-authorization-server', headers },
          'authorization server metadata',
        ),
        registration: await lab.send(
          { path: '/register', headers, body: { redirect_uris: [CALLBACK] } },
          'registration',
        ),
        'token request': await lab.send(
          {
            path: '/token',
            headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
            body: 'grant_type=authorization_code',
          },
          'token request',
        ),
      };
      for (const [what, reply] of Object.entries(replies)) {
        if (!mayRead(reply, PAGE)) problems.push(`${PAGE} may not read the answer to its ${what}.`);
      }
      const elsewhere = await lab.send({ path: metadata }, 'discovery without an origin');
      const differs = allowOrigin(document) !== allowOrigin(elsewhere);
      const vary = listed(document.headers.vary);
      if (differs && !vary.includes('origin') && !vary.includes('*')) {
        problems.push(
          'What may be read depends on Origin, and no Vary says so: a cache hands the answer on.',
        );
      }
      return problems;
    },
  },
  {
    id: 'large-bodies-pass',
    title: 'Large bodies pass',
    why: 'The limit is a megabyte, so 900 KB are fine: in one piece, in chunks or compressed. A server that takes no compressed bodies says so with 415.',
    lessonAnchor: 'a-limit-that-holds',
    references: [rfc(9110, '8.4.1'), rfc(9110, '15.5.16')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      const body = largeCall({ bytes: 900_000, padding: 'an argument' });
      for (const sendBody of [undefined, 'chunked', 'gzip'] as const) {
        const how = sendBody ?? 'in one piece';
        const reply = await post(lab, body, `900 KB, ${how}`, sendBody ? { sendBody } : {});
        const takesNoneOfIt = isCoding(sendBody) && reply.status === 415;
        if (!succeeded(reply) && !takesNoneOfIt) {
          problems.push(`900 KB, ${how}: ${describeReply(reply)}`);
        }
      }
      return problems;
    },
  },
  {
    id: 'json-by-any-spelling',
    title: 'JSON by any spelling',
    why: 'A media type is written in any case, and may have parameters.',
    lessonAnchor: 'one-type-of-body',
    references: [rfc(9110, '8.3.1')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const type of [
        'application/json; charset=utf-8',
        'application/json;charset="UTF-8"',
        'Application/JSON',
      ]) {
        const reply = await post(lab, weatherCall(PARIS), type, {
          headers: { 'content-type': type },
        });
        if (!succeeded(reply)) problems.push(`${type}: ${describeReply(reply)}`);
      }
      return problems;
    },
  },
  {
    id: 'requests-without-a-body',
    title: 'Requests without a body',
    why: 'Clients ask for a stream with GET before they know that this server has none. A request without a body has no type either, and 405 is the answer they understand.',
    lessonAnchor: 'one-type-of-body',
    references: [
      mcp('basic/transports', 'listening-for-messages-from-the-server', 'Listening for Messages'),
    ],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const method of ['GET', 'DELETE']) {
        const authorization = `Bearer ${await lab.mint()}`;
        const headers = { accept: 'text/event-stream', authorization };
        const reply = await lab.send({ method, path: '/mcp', headers }, `${method} /mcp`);
        if (reply.status !== 405) problems.push(`${method}: ${describeReply(reply)}`);
      }
      return problems;
    },
  },
  {
    id: 'ordinary-messages-pass',
    title: 'Twenty levels, and words that look odd',
    why: 'Metadata of clients is nested, and a text may speak of __proto__ or hold many brackets. Only structure is structure.',
    lessonAnchor: 'a-limit-for-depth',
    references: [rfc(8259, '4')],
    worksOnBaseline: true,
    async try(lab) {
      const bodies = {
        '20 objects in an argument': deepCall(20, 'objects', 'an argument'),
        '20 arrays in _meta': deepCall(20, 'arrays', '_meta'),
        'a text about __proto__': callWith(
          ',"note":"\\"__proto__\\": {} and {\\"constructor\\":{\\"prototype\\":1}} are names"',
        ),
        'a text of 3,000 brackets': callWith(`,"note":"${'[{'.repeat(1500)}"`),
        '1,500 arrays side by side': callWith(`,"note":[${Array(1500).fill('[]').join(',')}]`),
        'a member that is null': callWith(',"note":null'),
        'a member called prototype': callWith(',"prototype":"X-15","note":{"constructor":"Ada"}'),
      };
      const problems: string[] = [];
      for (const [what, body] of Object.entries(bodies)) {
        const reply = await post(lab, body, what);
        if (!succeeded(reply)) problems.push(`${what}: ${describeReply(reply)}`);
      }
      return problems;
    },
  },
  {
    id: 'unreadable-bodies-are-answered',
    title: 'Unreadable bodies are answered',
    why: 'A client that sends something broken needs an answer that says it was its own fault, and the next client a server that is still there.',
    lessonAnchor: 'one-type-of-body',
    references: [rfc(9110, '15.5.1'), rfc(9110, '15.5.16')],
    worksOnBaseline: true,
    async try(lab) {
      const bodies: Record<string, [body: string, headers?: Record<string, string>]> = {
        'half a message': ['{"jsonrpc":"2.0","method":'],
        'no message': [''],
        null: ['null'],
        'a number': ['42'],
        'a text': ['"tools/call"'],
        'a charset nobody knows': ['{}', { 'content-type': 'application/json; charset=utf-99' }],
        'UTF-16 that is none': ['{"a":1}', { 'content-type': 'application/json; charset=utf-16' }],
        'a coding nobody knows': ['{}', { 'content-encoding': 'rot13' }],
        'gzip that is none': ['{}', { 'content-encoding': 'gzip' }],
      };
      const problems: string[] = [];
      for (const [what, [body, headers = {}]] of Object.entries(bodies)) {
        const reply = await post(lab, body, what, { headers });
        if (!isClientError(reply)) problems.push(`${what}: ${describeReply(reply)}`);
      }
      const next = await lab.call('get_weather', PARIS, { token: await lab.mint() });
      if (!succeeded(next)) problems.push(`The call after them failed: ${describeReply(next)}`);
      return problems;
    },
  },
];

export const catalogue: TopicCatalogue = {
  attacks: inBothRevisions(attacks, {
    'origin-hostile': 'a stranger',
    'body-oversize': 'one byte too many',
    'json-deep-nesting': '20,000 arrays',
  }),
  uses,
};
