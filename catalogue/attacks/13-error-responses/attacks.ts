/** Attacks that make something fail and read the answer, and what honest readers need from it. */
import { z } from 'zod';
import type { Failure } from '../../../exercises/weather-server/world/world.ts';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import type { LabSession, LabReply } from '../../../lab/protocol.ts';
import { cwe, link, mcp, rfc } from '../references.ts';
import { describeReply, PARIS } from '../replies.ts';
import { inBothRevisions } from '../revisions.ts';

const errorHandling = mcp('server/tools', 'error-handling', 'Tools, Error Handling');
const inMessages = cwe(209, 'Generation of Error Message Containing Sensitive Information');
const asvs = link(
  'OWASP ASVS 5.0.0, V16.5 Error Handling',
  'https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x25-V16-Security-Logging-and-Error-Handling.md',
);

/** What a part of the server throws; `{{secret}}` stands for something nobody outside may learn. */
type Fault = Omit<Failure, 'answers'>;
const fault: z.ZodType<Fault> = z.strictObject({
  message: z.string().optional(),
  members: z.record(z.string(), z.unknown()).optional(),
  cause: z.string().optional(),
  throws: z.unknown().optional(),
});

/** Tools, each with arguments that lead to the part that is broken. */
const CALLS = {
  get_weather: PARIS,
  search_stations: { query: 'Paris' },
  save_alert: { city: 'Paris', text: 'storm' },
  ping_station: { host: 'paris-1.stations.example' },
} as const;
const toolName = z.enum(['get_weather', 'search_stations', 'save_alert', 'ping_station']);
const brokenPart = z.enum(['database', 'shell', 'upstream']);
type BrokenPart = z.infer<typeof brokenPart>;

/** Of this firing only, no part of a request id, and short: some messages quote a few characters. */
const secretOf = (lab: LabSession): string => `z${lab.nonce.slice(-6)}`;

const withSecret = <Value>(value: Value, secret: string): Value =>
  JSON.parse(JSON.stringify(value).replaceAll('{{secret}}', secret)) as Value;

/** Breaks `part` while `ask` runs. */
async function whileBroken(
  lab: LabSession,
  part: BrokenPart | 'keys',
  failure: Failure,
  ask: () => Promise<LabReply>,
): Promise<LabReply> {
  await lab.breakDown(part, failure);
  try {
    return await ask();
  } finally {
    await lab.breakDown(part, undefined);
  }
}

const callWhileBroken = async (
  lab: LabSession,
  part: BrokenPart,
  failure: Failure,
  tool: keyof typeof CALLS,
): Promise<LabReply> => {
  const token = await lab.mint();
  return whileBroken(lab, part, failure, () => lab.call(tool, CALLS[tool], { token }));
};

/** What the answer gives away about the server's inside, in sentences. */
function findLeaks(reply: LabReply, secret?: string): string[] {
  const answer = [...Object.entries(reply.headers).flat(), reply.text].join('\n');
  const leaks: string[] = [];
  if (secret !== undefined && readingsOf(answer).some((text) => text.includes(secret))) {
    leaks.push(`The answer says what only the server knew: ${excerptAround(answer, secret)}`);
  }
  const trace = /\bat .{0,200}?:\d+:\d+|\bnode_modules\b|\bfile:\/\/\/|\bnode:internal\b/.exec(
    answer,
  );
  if (trace) leaks.push(`The answer shows the code behind it: ${excerptAround(answer, trace[0])}`);
  return leaks;
}

/** An answer as it is, in other letters, and with whatever looks encoded decoded. */
const readingsOf = (answer: string): string[] => [
  answer.toLowerCase(),
  ...(answer.match(/[A-Za-z0-9+/_-]{12,}/g) ?? []).flatMap((word) => [
    Buffer.from(word, 'base64').toString('latin1').toLowerCase(),
    Buffer.from(word, 'hex').toString('latin1').toLowerCase(),
  ]),
];

function excerptAround(text: string, part: string): string {
  const at = Math.max(0, text.indexOf(part) - 40);
  return `…${text.slice(at, at + 140).replaceAll(/\s+/g, ' ')}…`;
}

interface ToolError {
  code: unknown;
  retryable: unknown;
  /** Everything the result says, as text. */
  said: string;
}

/** The error in a tool result, as JSON text or structured content; undefined if there is none. */
function readToolError(reply: LabReply): ToolError | undefined {
  const { result } = (reply.json ?? {}) as {
    result?: { isError?: boolean; structuredContent?: unknown; content?: { text?: unknown }[] };
  };
  if (result?.isError !== true) return undefined;
  const texts = (Array.isArray(result.content) ? result.content : []).map((part) => part?.text);
  for (const candidate of [result.structuredContent, ...texts.map(parsed)]) {
    const outer = (candidate ?? {}) as { error?: unknown };
    const body = (outer.error ?? outer) as Record<string, unknown>;
    if (body.code === undefined) continue;
    return { code: body.code, retryable: body.retryable, said: JSON.stringify(result) };
  }
  return undefined;
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return undefined;
  }
}

/** Complaints about a tool result that should be an error of this code. */
function complainAboutCode(reply: LabReply, code: string, retryable?: boolean): string[] {
  const error = readToolError(reply);
  if (!error) {
    return [
      `An error is a tool result with isError: true and a code in JSON; it answered ${describeReply(reply)}`,
    ];
  }
  if (error.code !== code) {
    return [`The code is ${code}; it answered ${String(error.code)}.`];
  }
  return retryable === undefined || error.retryable === retryable
    ? []
    : [`${code} is to say retryable: ${retryable} here; it says ${String(error.retryable)}.`];
}

/** Complaints about an HTTP answer that should be an error that a program can read. */
function complainAboutHttpError(reply: LabReply, statuses: (status: number) => boolean): string[] {
  if (reply.failure) return [`There was no answer: ${reply.failure}.`];
  const complaints: string[] = [];
  if (!statuses(reply.status)) {
    complaints.push(`HTTP ${reply.status} says something else than what happened.`);
  }
  const type = reply.headers['content-type'] ?? '';
  const members = Object.keys(Object(reply.json) as object);
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type) || typeof reply.json !== 'object') {
    complaints.push(
      `An error is answered in JSON, for programs; this one is ${type || 'of no type'}: ${describeReply(reply)}`,
    );
  } else if (!members.some((name) => SAYING_SOMETHING.has(name))) {
    complaints.push(`The JSON says nothing about the error: ${describeReply(reply)}`);
  }
  return complaints;
}

/** The members of an HTTP error, in an envelope or not. */
function bodyOf({ json }: LabReply): Record<string, unknown> {
  const outer = Object(json) as { error?: unknown };
  return Object(outer.error ?? outer) as Record<string, unknown>;
}

/** Members of our own shape, of problem details (RFC 9457), of JSON-RPC and of OAuth. */
const SAYING_SOMETHING = new Set(['error', 'code', 'message', 'title', 'detail', 'type', 'errors']);

const isClientError = (status: number): boolean => status >= 400 && status <= 499;
const isServerError = (status: number): boolean => status >= 500 && status <= 599;

interface HttpRequest {
  method: string;
  path: string;
  headers?: Record<string, string> | undefined;
  body?: string | undefined;
}
const httpRequest: z.ZodType<HttpRequest> = z.strictObject({
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  path: z.string().regex(/^\/[!-~]*$/),
  headers: z.record(z.string().regex(/^[\w-]+$/), z.string().regex(/^[ -~]*$/)).optional(),
  body: z.string().max(100_000).optional(),
});

/** Sends a request with a good token, so that nothing but the request itself is refused. */
async function sendAsUser(lab: LabSession, request: HttpRequest): Promise<LabReply> {
  const { method, path, headers = {}, body } = request;
  const isBodyless = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return lab.send({
    method,
    path,
    headers: {
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
      authorization: `Bearer ${await lab.mint()}`,
      ...headers,
    },
    ...(body === undefined || isBodyless ? {} : { body }),
  });
}

const postMcp = (body: string, headers?: Record<string, string>): HttpRequest => ({
  method: 'POST',
  path: '/mcp',
  body,
  ...(headers === undefined ? {} : { headers }),
});
const LIST = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';

const attacks: Attack[] = [
  defineAttack<{ part: BrokenPart; tool: keyof typeof CALLS; failure: Fault }>({
    id: 'err-leak',
    title: 'The driver tells all',
    level: 'core',
    story:
      'Sooner or later a part of the server fails, and some arguments make it fail on demand. The message that a driver, a file system or an HTTP client throws was written for the operator: it names tables, hosts, paths, and now and then a password. The attacker calls a tool and reads.',
    secureAnswer:
      'INTERNAL, in a sentence that is the same for every cause, with the request id. What happened stands in the log, under that id.',
    lessonAnchor: 'whose-words-are-these',
    references: [inMessages, asvs, errorHandling],
    payload: z.strictObject({ part: brokenPart, tool: toolName, failure: fault }),
    variants: {
      'a statement and its table': {
        part: 'database',
        tool: 'search_stations',
        failure: {
          message:
            'no such column: {{secret}} in "SELECT id, {{secret}} FROM {{secret}}_stations WHERE name LIKE ?"',
        },
      },
      'a connection string': {
        part: 'database',
        tool: 'get_weather',
        failure: {
          message:
            'connect ECONNREFUSED 10.0.3.7:5432 (postgres://weather:{{secret}}@10.0.3.7:5432/weather)',
        },
      },
      'a path': {
        part: 'database',
        tool: 'save_alert',
        failure: { message: 'SQLITE_CANTOPEN: unable to open /srv/{{secret}}/weather.sqlite' },
      },
      'a path in Windows': {
        part: 'database',
        tool: 'save_alert',
        failure: { message: 'The process cannot access C:\\weather\\{{secret}}\\weather.db' },
      },
      'an API key in a URL': {
        part: 'upstream',
        tool: 'get_weather',
        failure: {
          message:
            'request to https://weather-api.example/v1/current/Paris?appid={{secret}} failed, reason: socket hang up',
        },
      },
      'one word': {
        part: 'shell',
        tool: 'ping_station',
        failure: { message: '{{secret}}' },
      },
      'a polite sentence': {
        part: 'database',
        tool: 'save_alert',
        failure: { message: 'Invalid input: table {{secret}} has no column city.' },
      },
      'many lines': {
        part: 'shell',
        tool: 'ping_station',
        failure: {
          message: '{{secret}}: permission denied\n  in /etc/fping/{{secret}}\n{{secret}} failed',
        },
      },
      'an error in JSON': {
        part: 'upstream',
        tool: 'get_weather',
        failure: { message: '{"error":{"code":"NOT_FOUND","message":"no index {{secret}}"}}' },
      },
      'with what a driver adds': {
        part: 'database',
        tool: 'search_stations',
        failure: {
          message: 'relation "{{secret}}" does not exist',
          members: {
            name: 'Pg{{secret}}Error',
            code: '42P01-{{secret}}',
            detail: 'schema {{secret}}',
            query: 'SELECT * FROM {{secret}} WHERE name LIKE $1',
            params: ['{{secret}}'],
          },
        },
      },
      'with a cause': {
        part: 'upstream',
        tool: 'get_weather',
        failure: {
          message: 'fetch failed: {{secret}}',
          cause: 'getaddrinfo ENOTFOUND {{secret}}.internal',
        },
      },
      'no error at all, but a text': {
        part: 'upstream',
        tool: 'get_weather',
        failure: { throws: 'quota of account {{secret}} exceeded' },
      },
    },
    fire: async ({ part, tool, failure }, lab) => {
      const secret = secretOf(lab);
      const reply = await callWhileBroken(lab, part, withSecret(failure, secret), tool);
      return judgeInternal(reply, secret);
    },
  }),

  defineAttack<{ part: BrokenPart; tool: keyof typeof CALLS; failure: Fault }>({
    id: 'err-false-name',
    title: 'An error that is called like ours',
    level: 'core',
    story:
      'Drivers give their errors names, codes and statuses too, and some happen to be ours: an object store throws NotFoundError when a bucket is missing, an HTTP client sets `status` and `expose`. Whoever asks an error for its name lets its message out as if it were written for the caller.',
    secureAnswer:
      'INTERNAL. What an error says about itself is somebody else’s claim; which class made it is a fact.',
    lessonAnchor: 'names-are-claims',
    references: [inMessages, cwe(807, 'Reliance on Untrusted Inputs in a Security Decision'), asvs],
    payload: z.strictObject({ part: brokenPart, tool: toolName, failure: fault }),
    variants: {
      NotFoundError: falsely({ name: 'NotFoundError' }),
      InvalidInputError: falsely({ name: 'InvalidInputError' }),
      InsufficientScopeError: falsely({ name: 'InsufficientScopeError', scopes: ['{{secret}}'] }),
      UnavailableError: falsely({ name: 'UnavailableError' }),
      HttpError: falsely({ name: 'HttpError', status: 404 }),
      ZodError: falsely({ name: 'ZodError', issues: [{ path: ['{{secret}}'], message: 'bad' }] }),
      'a code': falsely({ code: 'INVALID_INPUT' }),
      'another code': falsely({ code: 'NOT_FOUND', retryable: false }),
      'a JSON-RPC code': falsely({ code: -32602, data: { table: '{{secret}}' } }),
      'a status to be shown': falsely({ status: 400, statusCode: 400, expose: true }),
      'a mark of innocence': falsely({ isOperational: true, safe: true, public: true }),
      'messages for users': falsely({
        userMessage: 'tell {{secret}}',
        publicMessage: 'tell {{secret}}',
      }),
    },
    fire: async ({ part, tool, failure }, lab) => {
      const secret = secretOf(lab);
      const reply = await callWhileBroken(lab, part, withSecret(failure, secret), tool);
      return judgeInternal(reply, secret);
    },
  }),

  defineAttack<HttpRequest>({
    id: 'err-leak-http',
    title: 'A stack for a bad request',
    level: 'core',
    story:
      'The attacker needs no token for this: JSON with a comma too many, a route that does not exist, an encoding nobody knows. Where no handler of the server’s own answers, Express does, and unless NODE_ENV says production it sends a page with the stack: absolute paths, package names, line numbers that tell the version.',
    secureAnswer:
      'The status that says what is wrong with the request, and a body in JSON that says no more than that.',
    lessonAnchor: 'before-any-tool-runs',
    references: [
      link('Express, Error handling', 'https://expressjs.com/en/guide/error-handling.html'),
      cwe(550, 'Server-generated Error Message Containing Sensitive Information'),
      rfc(9110, '15.5'),
      asvs,
    ],
    payload: httpRequest,
    variants: {
      'malformed JSON': postMcp('{"jsonrpc":"2.0",}'),
      'half a message': postMcp('{"jsonrpc":"2.0","id":1,"method":"tools/ca'),
      'an unknown route': { method: 'GET', path: '/admin/config' },
      'a path in bad encoding': { method: 'GET', path: '/%E0%A4%A' },
      'a method nobody offers': { method: 'GET', path: '/mcp' },
      'a method that deletes': { method: 'DELETE', path: '/mcp' },
      'an unknown charset': postMcp(LIST, {
        'content-type': 'application/json; charset=x-klingon',
      }),
      'an unknown compression': postMcp(LIST, { 'content-encoding': 'x-pigeon' }),
      'a compression that is none': postMcp(LIST, { 'content-encoding': 'gzip' }),
      'for a browser': {
        method: 'GET',
        path: '/no-such-page',
        headers: { accept: 'text/html' },
      },
    },
    async fire(request, lab) {
      const reply = await sendAsUser(lab, request);
      const breaches = findLeaks(reply);
      // The answer to HEAD has no body to judge, and who asks for a page may get one.
      const wantsJson = request.method !== 'HEAD' && !request.headers?.accept?.includes('html');
      const complain = breaches.length === 0 && wantsJson;
      return { breaches, complaints: complain ? complainAboutHttpError(reply, isClientError) : [] };
    },
  }),

  defineAttack<{ failure: Fault }>({
    id: 'err-leak-outage',
    title: 'When the key service is down',
    level: 'core',
    story:
      'Not all work happens inside tools. The service that holds the signing keys is out of order, and the attacker asks for the public keys, which needs no token. The error goes through the HTTP error handler; some clients’ errors carry a `status` there, and not all of those are statuses.',
    secureAnswer:
      'A 5xx in JSON, with a fixed sentence. A `status` is believed if it is a whole number from 400 to 499; Express throws if it is given one that is no status, and then its own page answers.',
    lessonAnchor: 'a-status-is-a-claim-too',
    references: [
      inMessages,
      rfc(9110, '15.6.1'),
      cwe(755, 'Improper Handling of Exceptional Conditions'),
    ],
    payload: z.strictObject({ failure: fault }),
    variants: {
      'an address': { failure: { message: 'connect ETIMEDOUT kms-{{secret}}.internal:9998' } },
      'with a cause': {
        failure: {
          message: 'KMS key {{secret}} cannot be used',
          cause: 'AccessDenied for role {{secret}}',
        },
      },
      'with what a client adds': {
        failure: {
          message: 'KMS answered 500 {{secret}}',
          members: {
            name: 'Kms{{secret}}Exception',
            code: 'KMS-{{secret}}',
            $metadata: { requestId: '{{secret}}' },
            config: { headers: { authorization: 'AWS4 {{secret}}' } },
            headers: { 'x-kms-node': '{{secret}}' },
          },
        },
      },
      'status 200': outage({ status: 200, statusCode: 200 }),
      'status 302': outage({ status: 302, statusCode: 302 }),
      'status 404, to be shown': outage({ status: 404, statusCode: 404, expose: true }),
      'status 503, to be shown': outage({ status: 503, statusCode: 503, expose: true }),
      'status 999': outage({ status: 999, statusCode: 999 }),
      'a status far out': outage({ status: 1e9, statusCode: 1e9 }),
      'status 403 and a half': outage({ status: 403.5, statusCode: 403.5 }),
      'a status as text': outage({ status: '404', statusCode: '404' }),
      'a status in a list': outage({ status: [404], statusCode: [404] }),
      'a word for a status': outage({ status: 'THROTTLED', statusCode: 'THROTTLED' }),
      'called HttpError': outage({ name: 'HttpError', status: 404 }),
    },
    async fire({ failure }, lab) {
      const secret = secretOf(lab);
      // With a query, because the lab itself answers without one.
      const path = `/jwks?at=${lab.nonce}`;
      const reply = await whileBroken(lab, 'keys', withSecret(failure, secret), () =>
        lab.send({ path }, 'public keys'),
      );
      const breaches = findLeaks(reply, secret);
      if (breaches.length > 0) return { breaches, complaints: [] };
      const claimed = failure.members?.status;
      const mayRepeat = (status: number): boolean => status === claimed && isClientError(status);
      return {
        breaches,
        complaints: complainAboutHttpError(
          reply,
          (status) => isServerError(status) || mayRepeat(status),
        ),
      };
    },
  }),

  defineAttack<{ body: string }>({
    id: 'err-echo',
    title: 'The answer quotes the question',
    level: 'core',
    story:
      'A JSON parser says where it stopped, and quotes what stood there. Somebody’s agent sent a password without quotes around it: now it stands in an answer as well, and in every log that keeps answers. Or somebody sent markup, and the answer is a page.',
    secureAnswer:
      'A 400 that says that the body is not JSON. Whoever sent it has it already; nobody else needs it.',
    lessonAnchor: 'what-was-sent',
    references: [
      cwe(79, 'Cross-site Scripting'),
      cwe(209, 'Generation of Error Message Containing Sensitive Information'),
      rfc(9110, '15.5.1'),
    ],
    payload: z.strictObject({ body: z.string().max(100_000) }),
    variants: {
      'a password without quotes': { body: '{"user":"alice","password":{{secret}}}' },
      'a password in other quotes': { body: `{"password":'{{secret}}'}` },
      'a list': { body: '[{{secret}}]' },
      'far behind': { body: `{"text":"${'weather '.repeat(100)}","key":{{secret}}}` },
      markup: { body: '{"a":<b>{{secret}}' },
      'markup far behind': { body: '{"text":"storm in Paris today","a":<p>{{secret}}</p>}' },
    },
    async fire({ body }, lab) {
      const secret = secretOf(lab);
      const reply = await sendAsUser(lab, postMcp(withSecret(body, secret)));
      const isRepeated = readingsOf(reply.text).some((text) => text.includes(secret));
      if (isRepeated) {
        const shown = excerptAround(reply.text, secret);
        return {
          breaches: [`The answer repeats what was in the body: ${shown}`],
          complaints: [],
        };
      }
      return { breaches: [], complaints: complainAboutHttpError(reply, isClientError) };
    },
  }),

  defineAttack<{ tool: keyof typeof CALLS; one: Broken; other: Broken }>({
    id: 'err-oracle',
    title: 'Two failures, two answers',
    level: 'stretch',
    story:
      'No message leaks, and yet the answers differ: one sentence if the database is down, another one if the password for it was refused. The attacker breaks nothing; they wait, compare, and learn what the server is made of and when it is weak.',
    secureAnswer:
      'The same answer for every cause, but for the request id. Whether to try again may differ: that is for the client to know.',
    lessonAnchor: 'answers-that-differ',
    references: [cwe(203, 'Observable Discrepancy'), cwe(204, 'Observable Response Discrepancy')],
    payload: z.strictObject({ tool: toolName, one: broken(), other: broken() }),
    variants: {
      'database or upstream': {
        tool: 'get_weather',
        one: { part: 'database', failure: { message: 'connection terminated unexpectedly' } },
        other: { part: 'upstream', failure: { message: 'fetch failed' } },
      },
      'refused or not reached': {
        tool: 'save_alert',
        one: {
          part: 'database',
          failure: {
            message: 'password authentication failed for user "weather"',
            members: { code: '28P01', severity: 'FATAL' },
          },
        },
        other: {
          part: 'database',
          failure: {
            message: 'connect ECONNREFUSED 10.0.3.7:5432',
            members: { code: 'ECONNREFUSED' },
          },
        },
      },
      'there already or too long': {
        tool: 'save_alert',
        one: {
          part: 'database',
          failure: {
            message: 'UNIQUE constraint failed: alerts.owner',
            members: { code: 'SQLITE_CONSTRAINT_UNIQUE' },
          },
        },
        other: {
          part: 'database',
          failure: { message: 'database or disk is full', members: { code: 'SQLITE_FULL' } },
        },
      },
      'an error or a text': {
        tool: 'get_weather',
        one: { part: 'upstream', failure: { message: 'socket hang up' } },
        other: { part: 'upstream', failure: { throws: 'circuit open' } },
      },
    },
    async fire({ tool, one, other }, lab) {
      const ask = async ({ part, failure }: Broken) =>
        wordsOf(await callWhileBroken(lab, part, failure, tool));
      const first = await ask(one);
      const again = await ask(one);
      const second = await ask(other);
      // An id or a time is new with every answer; only what stays the same for one cause tells it.
      const isToldApart =
        first.length !== second.length ||
        first.some((word, index) => word === again[index] && word !== second[index]);
      const shown = [first, second].map((words) => words.join(' ').slice(0, 150)).join(' / ');
      return {
        breaches: isToldApart ? [`The answers tell the two causes apart: ${shown}`] : [],
        complaints: [],
      };
    },
  }),
];

interface Broken {
  part: BrokenPart;
  failure: Fault;
}
function broken(): z.ZodType<Broken> {
  return z.strictObject({ part: brokenPart, failure: fault });
}

/** A driver's error that looks, in one way, like one of ours. */
function falsely(members: Record<string, unknown>) {
  const failure = { message: 'no bucket {{secret}} in {{secret}}.internal', members };
  return { part: 'database', tool: 'save_alert', failure } as const;
}

function outage(members: Record<string, unknown>): { failure: Fault } {
  return { failure: { message: 'KMS node {{secret}} does not answer', members } };
}

/** The error must give nothing away, and be INTERNAL. */
function judgeInternal(reply: LabReply, secret: string): Findings {
  const breaches = findLeaks(reply, secret);
  return { breaches, complaints: breaches.length > 0 ? [] : complainAboutCode(reply, 'INTERNAL') };
}

/** The words of status and result, without whether and when to try again. */
function wordsOf(reply: LabReply): string[] {
  const { result, error } = (reply.json ?? {}) as { result?: unknown; error?: unknown };
  const said = `${reply.status} ${JSON.stringify(result ?? error ?? reply.text)}`;
  return said.replaceAll(/retry\w*\\*":\s*(true|false|\d+)/g, '').match(/[\w-]+/g) ?? [];
}

/** None of them passes by itself. */
const BUGS: [part: BrokenPart, tool: keyof typeof CALLS, failure: Fault][] = [
  ['database', 'search_stations', { message: 'no such column: elevation' }],
  [
    'upstream',
    'get_weather',
    {
      message: "Cannot read properties of undefined (reading 'current')",
      members: { name: 'TypeError' },
    },
  ],
];

const uses: LegitimateUse[] = [
  {
    id: 'names-the-bad-argument',
    title: 'Says which argument was not acceptable',
    why: 'A model reads results. Told that `query` is wrong, it mends `query`; told that something went wrong, it sends the same again.',
    lessonAnchor: 'four-readers',
    references: [errorHandling],
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      const bad: [string, unknown, string][] = [
        ['search_stations', { query: 42 }, 'query'],
        ['save_alert', { city: 'Paris', text: 'x'.repeat(501) }, 'text'],
        ['delete_alert', { id: 'first' }, 'id'],
        ['list_alerts', null, 'arguments'],
      ];
      for (const [tool, args, argument] of bad) {
        const reply = await lab.call(tool, args, { token: await lab.mint() });
        problems.push(...complainAboutCode(reply, 'INVALID_INPUT', false));
        const said = readToolError(reply)?.said.replaceAll('request_id', '') ?? '';
        const isNamed = new RegExp(`(?<![\\w-])${argument}(?![\\w-])`).test(said);
        if (!isNamed) problems.push(`${tool}: the answer does not name ${argument}.`);
      }
      return problems;
    },
  },
  {
    id: 'says-not-found',
    title: 'Says that there is no such thing',
    why: 'An unknown city and an alert that is not there are ordinary answers. A model that is told so asks its user; one that is told INTERNAL tries again.',
    lessonAnchor: 'four-readers',
    references: [errorHandling],
    worksOnBaseline: false,
    async try(lab) {
      const token = await lab.mint();
      return [
        ...complainAboutCode(
          await lab.call('get_weather', { city: 'Atlantis', units: 'metric' }, { token }),
          'NOT_FOUND',
          false,
        ),
        ...complainAboutCode(
          await lab.call('delete_alert', { id: 999_999 }, { token }),
          'NOT_FOUND',
          false,
        ),
      ];
    },
  },
  {
    id: 'says-what-scope-lacks',
    title: 'Says that a scope is missing, in the result as well',
    why: 'The challenge in the header is for the client; the result is for the model and its user.',
    lessonAnchor: 'four-readers',
    references: [
      mcp('basic/authorization', 'scope-challenge-handling', 'Scope Challenge Handling'),
    ],
    worksOnBaseline: false,
    async try(lab) {
      const token = await lab.mint({ claims: { scope: 'weather:read' } });
      const reply = await lab.call('save_alert', CALLS.save_alert, { token });
      const problems = complainAboutCode(reply, 'INSUFFICIENT_SCOPE', false);
      return reply.status === 403 ? problems : [...problems, `HTTP ${reply.status} is not 403.`];
    },
  },
  {
    id: 'request-id-finds-the-entry',
    title: 'Gives the id that finds the log entry',
    why: 'The answer says nothing about the cause, so it has to say where the cause is written down. Only the id that the server itself uses leads there.',
    lessonAnchor: 'the-request-id',
    references: [asvs, cwe(778, 'Insufficient Logging')],
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      for (const part of ['database', 'upstream'] as const) {
        const reply = await callWhileBroken(lab, part, { message: 'timed out' }, 'get_weather');
        const id = reply.headers['x-request-id'] ?? '';
        const said = readToolError(reply)?.said ?? '';
        if (!id || !said.includes(id)) {
          problems.push(`The error does not hold the request id ${id}: ${describeReply(reply)}`);
        }
      }
      const missing = await sendAsUser(lab, { method: 'GET', path: '/no-such-route' });
      const { request_id: said } = bodyOf(missing);
      if (said !== undefined && said !== missing.headers['x-request-id']) {
        problems.push(`The body of an HTTP error holds another request id: ${String(said)}`);
      }
      return problems;
    },
  },
  {
    id: 'answers-whatever-was-thrown',
    title: 'Answers for anything that can be thrown',
    why: 'JavaScript throws any value: null, a number, an object that is no error. An answer that fails over one of them is an error of its own, with a message of its own.',
    lessonAnchor: 'names-are-claims',
    references: [cwe(755, 'Improper Handling of Exceptional Conditions')],
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      const secret = secretOf(lab);
      const values = [null, 42, '', [], { message: { text: secret }, errors: [secret] }];
      for (const value of [...values, { message: secret, code: 'NOT_FOUND' }]) {
        const reply = await callWhileBroken(lab, 'upstream', { throws: value }, 'get_weather');
        const said = JSON.stringify(value);
        problems.push(
          ...[...findLeaks(reply, secret), ...complainAboutCode(reply, 'INTERNAL')].map(
            (problem) => `A tool threw ${said}. ${problem}`,
          ),
        );
      }
      return problems;
    },
  },
  {
    id: 'says-when-to-try-again',
    title: 'Says that an outage passes, and that a bug does not',
    why: 'The weather service answers 503. The same call may succeed in a minute, and nobody has to change anything about it. An error that nobody expected may come of the call itself: an agent that is told to try again does so for ever.',
    lessonAnchor: 'four-readers',
    references: [rfc(9110, '15.6.4')],
    worksOnBaseline: false,
    async try(lab) {
      const failure = { message: 'maintenance', answers: 503 };
      const reply = await callWhileBroken(lab, 'upstream', failure, 'get_weather');
      const problems = complainAboutCode(reply, 'INTERNAL', true);
      for (const [part, tool, bug] of BUGS) {
        const answer = await callWhileBroken(lab, part, bug, tool);
        const about = `${tool} met an error that nobody expected. `;
        problems.push(
          ...complainAboutCode(answer, 'INTERNAL', false).map((problem) => about + problem),
        );
      }
      return problems;
    },
  },
  {
    id: 'http-errors-say-what-is-wrong',
    title: 'Says in HTTP’s words what is wrong with a request',
    why: 'A program looks at the status first, and then reads JSON. 500 for a typing error sends people to look for a bug in the wrong place.',
    lessonAnchor: 'before-any-tool-runs',
    references: [rfc(9110, '15.5'), rfc(9110, '10.2.1')],
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      const expected: [number, HttpRequest][] = [
        [400, postMcp('{"jsonrpc":')],
        [404, { method: 'GET', path: '/no-such-route' }],
        [405, { method: 'GET', path: '/mcp' }],
        [413, postMcp(LIST + ' '.repeat(lab.config.maxBodyBytes))],
        [415, postMcp(LIST, { 'content-type': 'application/json; charset=x-klingon' })],
        [415, postMcp(LIST, { 'content-encoding': 'x-pigeon' })],
      ];
      for (const [status, request] of expected) {
        const reply = await sendAsUser(lab, request);
        // How much is too much, and which encodings are not, is for the body parser to say.
        if (status === 413 && reply.status === 200) continue;
        const isFit = (given: number) => given === status || (status === 415 && given === 400);
        problems.push(
          ...complainAboutHttpError(reply, isFit).map(
            (problem) => `${request.method} ${request.path}, ${status} expected: ${problem}`,
          ),
        );
        if (status === 405 && !/\bPOST\b/.test(reply.headers.allow ?? '')) {
          problems.push('The 405 does not say in Allow that POST is allowed.');
        }
        const { code, retryable } = bodyOf(reply);
        if (code === 'INTERNAL' || retryable === true) {
          problems.push(
            `${request.method} ${request.path}: HTTP ${reply.status} says that the request is at fault; the body says ${describeReply(reply)}`,
          );
        }
      }
      return problems;
    },
  },
];

export const catalogue: TopicCatalogue = {
  attacks: inBothRevisions(attacks, {
    'err-leak': 'a statement and its table',
  }),
  uses,
};
