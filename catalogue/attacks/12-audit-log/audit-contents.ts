/** Attacks through what a call says: secrets, lines that lie, arguments that no line can hold. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import type { LabSession } from '../../../lab/protocol.ts';
import {
  actorOf,
  excerpt,
  fill,
  JSON_RPC_HEADERS,
  judgeLine,
  KNOWN_TOOLS,
  logging,
  merge,
  mintFor,
  NONE,
} from './audit-judges.ts';
import {
  awaitLines,
  endsOf,
  isAmong,
  linesAbout,
  outcomeIn,
  outcomesOf,
  physicalLines,
  RAW_CONTROL,
  readLog,
  repeatedMember,
  serversWords,
  whatIsMissing,
  type AuditLine,
  type CallFacts,
} from './audit-lines.ts';
import { cwe, link } from '../references.ts';
import { describeReply, PARIS } from '../replies.ts';

const cheatSheet = link(
  'OWASP Logging Cheat Sheet',
  'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html',
);

/** A line that is longer than this has let the caller decide how long it is. */
const LONGEST_LINE = 16 * 1024;

/** Header values as Node sends them. */
const headers = z.record(
  z.string().regex(/^[a-z0-9-]{1,40}$/i),
  z
    .string()
    .max(4000)
    // oxlint-disable-next-line no-control-regex
    .regex(/^[\t\u0020-\u007e\u0080-\u00ff]*$/),
);

// -------------------------------------------------------------------------------- secrets

interface Confession {
  tool: string;
  arguments: unknown;
  headers?: Record<string, string> | undefined;
  path?: string | undefined;
}

/** Many characters in a row of a secret, under which nobody calls it gone. */
const RECOGNIZABLE = 20;

/** The line and whatever it can be decoded to, in lower case. */
function readings({ text }: AuditLine): string[] {
  const readable = [text];
  try {
    readable.push(JSON.stringify(JSON.parse(text)));
  } catch {
    // Free text is read as it is.
  }
  readable.push(
    text.replaceAll(/%[0-9a-f]{2}/gi, (byte) => String.fromCharCode(parseInt(byte.slice(1), 16))),
    Array.from(text).toReversed().join(''),
    ...[...text.matchAll(/[A-Za-z0-9+/_-]{24,}/g)].flatMap(([run]) => [
      ...[0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64').toString('latin1')),
      Buffer.from(run, 'hex').toString('latin1'),
    ]),
  );
  return readable.map((reading) => reading.toLowerCase());
}

/** Whether enough of a secret is there: the whole of it, if it is short. */
function isIn(reading: string, secret: string): boolean {
  const length = Math.min(RECOGNIZABLE, secret.length);
  for (let from = 0; from + length <= secret.length; from++) {
    if (reading.includes(secret.slice(from, from + length).toLowerCase())) return true;
  }
  return false;
}

async function confess(payload: Confession, lab: LabSession): Promise<Findings> {
  const token = await mintFor(lab);
  // One as keys look, one as words look, and one of 12 to 15 characters, as people make them.
  const digest = createHash('sha256').update(lab.nonce).digest();
  const secret = `sk-live-${digest.toString('hex')}`;
  const passphrase = Array.from(digest, (byte) => String.fromCharCode(97 + (byte % 26))).join('');
  const password = `${passphrase.slice(-9)}!${digest.readUInt16BE(0)}`.padEnd(12, '7');
  const values = { token, secret, passphrase, password, nonce: lab.nonce };
  const { tool, arguments: args, headers: sent, path } = fill(payload, values);
  const before = (await readLog(lab)).length;
  const first = await lab.call(tool, args, {
    token,
    ...(sent ? { headers: sent } : {}),
    ...(path ? { path } : {}),
  });
  const second = await lab.call('get_weather', PARIS, { token, label: 'ordinary call' });
  const lines = await awaitLines(lab, before, (soFar) =>
    [first, second].every(({ requestId }) => linesAbout(requestId, soFar).length > 0),
  );
  const breaches = Object.entries({ token, secret, passphrase, password }).flatMap(
    ([what, value]) => {
      const line = lines.find((written) => readings(written).some((text) => isIn(text, value)));
      if (!line) return [];
      const whose = what === 'token' ? 'The access token of the caller' : `A ${what} of the caller`;
      return [`${whose} stands in the log, for whoever reads it: ${excerpt(line.text)}`];
    },
  );
  return { breaches, complaints: [] };
}

// ---------------------------------------------------------------------------------- forgery

interface Forgery {
  tool: string;
  arguments: unknown;
  headers?: Record<string, string> | undefined;
  scope?: string | undefined;
  /** What the attacker would like the server to say. */
  claims: string[];
}

async function forge(payload: Forgery, lab: LabSession): Promise<Findings> {
  const values = { nonce: lab.nonce };
  const { tool, arguments: args, headers: sent, scope, claims } = fill(payload, values);
  const token = await mintFor(lab, scope === undefined ? {} : { claims: { scope } });
  const read = async (name: string, callArgs: unknown, more: object): Promise<ReadCall> => {
    const before = (await readLog(lab)).length;
    const reply = await lab.call(name, callArgs, { token, ...more });
    const lines = await awaitLines(lab, before, (soFar) => soFar.length > 0);
    const outcomes = await outcomesOf(lab, reply);
    const known = KNOWN_TOOLS.includes(name) ? name : '';
    const facts = { requestId: reply.requestId, tool: known, actor: actorOf(lab), outcomes };
    return { lines, lacks: lines.every(({ isObject }) => isObject) ? lacksOf(lines, facts) : [] };
  };
  const hostile = await read(tool, args, sent ? { headers: sent } : {});
  const plain = await read('get_weather', PARIS, { label: 'ordinary call' });
  // What no line says, and calls without any line, are the matter of audit-denied-omitted.
  const hidden = hostile.lacks.filter((what) => !plain.lacks.includes(what));
  return merge([
    ...[...hostile.lines, ...plain.lines].map((line) => judgeWhoSpeaks(line, claims)),
    {
      breaches: hidden.map((what) => `The line about this call no longer says ${what}.`),
      complaints: [],
    },
  ]);
}

interface ReadCall {
  lines: AuditLine[];
  /** What its lines should say, and do not. */
  lacks: string[];
}

function lacksOf(lines: AuditLine[], facts: CallFacts): string[] {
  if (lines.length === 0) return [];
  const about = linesAbout(facts.requestId, lines);
  if (about.length === 0) return ['which request it was'];
  const [end] = endsOf(facts.requestId, lines);
  return [
    ...(end && isAmong(facts.outcomes, outcomeIn(end)) ? [] : ['how it really ended']),
    ...whatIsMissing(end ?? about[0]!, facts),
  ];
}

/** Whether somebody other than the server speaks in a line. */
function judgeWhoSpeaks(line: AuditLine, claims: string[]): Findings {
  const breaches: string[] = [];
  const pieces = physicalLines(line.text).length;
  if (pieces > 1) {
    breaches.push(`One line of the log is ${pieces} lines for whoever reads it.`);
  }
  const raw = RAW_CONTROL.exec(line.text)?.[0];
  if (raw !== undefined) {
    const code = raw.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    breaches.push(`The raw character U+${code} stands in the log, and whatever shows it obeys.`);
  }
  if (!line.isObject) {
    breaches.push(
      `A line is free text: nothing tells what the caller wrote from what the server wrote. ${excerpt(line.text)}`,
    );
  }
  // The name of a tool is the caller's to choose; whether it is the right one is judged elsewhere.
  const own = serversWords(line).filter(({ path }) => !/tool/i.test(path.join('.')));
  for (const claim of claims) {
    const spoken = own.find(({ value }) => String(value).includes(claim));
    if (spoken) {
      breaches.push(
        `The caller made the log say “${spoken.path.join('.')}: ${String(spoken.value).slice(0, 60)}”.`,
      );
    }
  }
  const repeated = line.isObject ? repeatedMember(line.text) : undefined;
  return {
    breaches,
    complaints: repeated
      ? [`A line has the member ${repeated} twice; one reader takes the first, another the last.`]
      : [],
  };
}

// ------------------------------------------------------------------------- deep and large

/** Text of a JSON value that is awkward to write down. */
type Grown =
  | { nest: 'arrays' | 'objects'; levels: number }
  | { members: number }
  | { letters: number }
  | { nameOfLength: number }
  | { json: string };

interface Outsized {
  caller: 'user' | 'nobody';
  tool: string;
  arguments: Record<string, unknown>;
  /** The argument that is large, and what is in it. */
  argument: string;
  value: Grown;
}

const outsizedShape: z.ZodType<Outsized> = z.strictObject({
  caller: z.enum(['user', 'nobody']),
  tool: z.string().max(100),
  arguments: z.record(z.string(), z.unknown()),
  argument: z.string().max(100),
  value: z.union([
    z.strictObject({ nest: z.enum(['arrays', 'objects']), levels: z.int().min(1).max(150_000) }),
    z.strictObject({ members: z.int().min(1).max(50_000) }),
    z.strictObject({ letters: z.int().min(1).max(900_000) }),
    z.strictObject({ nameOfLength: z.int().min(1).max(900_000) }),
    z.strictObject({ json: z.string().max(10_000).refine(isJson, 'is not JSON') }),
  ]),
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** By hand: `JSON.stringify` does not get that deep either. */
function grow(value: Grown): string {
  if ('json' in value) return value.json;
  if ('letters' in value) return JSON.stringify('a'.repeat(value.letters));
  if ('nameOfLength' in value) return `{"${'a'.repeat(value.nameOfLength)}":1}`;
  if ('members' in value) {
    return `{${Array.from({ length: value.members }, (_, index) => `"m${index}":${index}`).join(',')}}`;
  }
  const [open, close] = value.nest === 'arrays' ? ['[', ']'] : ['{"a":', '}'];
  return `${open.repeat(value.levels)}1${close.repeat(value.levels)}`;
}

async function overload(
  { caller, tool, arguments: base, argument, value }: Outsized,
  lab: LabSession,
) {
  const token = caller === 'user' ? await mintFor(lab) : undefined;
  const members = Object.entries(base).map(([name, own]) => [name, JSON.stringify(own)]);
  const args = [...members, [argument, grow(value)]]
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`)
    .join(',');
  const before = (await readLog(lab)).length;
  const reply = await lab.send(
    {
      path: '/mcp',
      headers: {
        ...JSON_RPC_HEADERS,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":${JSON.stringify(tool)},"arguments":{${args}}}}`,
    },
    tool,
  );
  const lines = await awaitLines(lab, before, (soFar) => endsOf(reply.requestId, soFar).length > 0);
  const outcomes = await outcomesOf(lab, reply);
  const ran = (await lab.executions([reply])).length > 0;
  // A body that nobody has parsed holds no call that anybody could know of.
  if (!ran && lines.length === 0 && [400, 413, 422].includes(reply.status)) return NONE;
  const findings: Findings[] = [];
  if (reply.failure || reply.status >= 500 || (ran && outcomes.includes('failed'))) {
    findings.push({
      breaches: [
        `${ran ? 'The tool ran, and its answer got lost' : 'The call was not answered'}: ${describeReply(reply)}`,
      ],
      complaints: [],
    });
  }
  const actor = token === undefined ? undefined : actorOf(lab);
  const known = KNOWN_TOOLS.includes(tool) ? tool : '';
  const facts = { requestId: reply.requestId, tool: known, actor, outcomes };
  const { breaches } = judgeLine(endsOf(reply.requestId, lines), facts);
  findings.push({ breaches, complaints: [] });
  const longest = Math.max(0, ...lines.map(({ text }) => Buffer.byteLength(text)));
  if (longest > LONGEST_LINE) {
    findings.push({
      breaches: [`One call wrote ${longest} bytes into the log; a thousand fill a disk.`],
      complaints: [],
    });
  }
  return merge(findings);
}

// ------------------------------------------------------------------------------- the attacks

const withNote = (more: object): unknown => ({ ...PARIS, ...more });
const ADMIN = 'admin-{{nonce}}';
const CLAIMED_ADDRESS = '203.0.113.7';

const large = (value: Grown): Outsized => ({
  caller: 'user',
  tool: 'get_weather',
  arguments: PARIS,
  argument: 'note',
  value,
});

export const contentAttacks: Attack[] = [
  defineAttack<Confession>({
    id: 'audit-secret',
    title: 'Secrets in the log',
    level: 'core',
    story:
      'Logs are read by more people than databases, copied to more places, and kept longer. So the attacker need not break in where tokens are used: it is enough to read where they were written down, together with whatever keys a model has put into its arguments.',
    secureAnswer:
      'No credential in any line, under whatever name it was sent: what is logged of a call is chosen by an allow-list. Redacting members called `password` misses the same value under another name.',
    lessonAnchor: 'no-secrets-in-the-log',
    controls: ['createAuditLog'],
    references: [cwe(532, 'Insertion of Sensitive Information into Log File'), logging, cheatSheet],
    payload: z.strictObject({
      tool: z.string().max(2000),
      arguments: z.unknown(),
      headers: headers.optional(),
      path: z
        .string()
        .regex(/^\/[\u0021-\u007e]*$/)
        .optional(),
    }),
    variants: {
      'token in the header': { tool: 'get_weather', arguments: PARIS },
      'token in the query': {
        tool: 'get_weather',
        arguments: PARIS,
        path: '/mcp?access_token={{token}}',
      },
      'token in other headers': {
        tool: 'get_weather',
        arguments: PARIS,
        headers: {
          cookie: 'session={{secret}}',
          'x-api-key': '{{secret}}',
          'user-agent': 'agent/1.0 ({{token}})',
        },
      },
      'keys by their usual names': {
        tool: 'get_weather',
        arguments: withNote({ api_key: '{{secret}}', password: '{{passphrase}}' }),
      },
      'keys in other spellings': {
        tool: 'get_weather',
        arguments: withNote({
          apiKey: '{{secret}}',
          'API-KEY': '{{secret}}',
          Passwort: '{{passphrase}}',
        }),
      },
      'a short password': {
        tool: 'get_weather',
        arguments: withNote({ password: '{{password}}' }),
      },
      'a short password under any name': {
        tool: 'get_weather',
        arguments: withNote({ note: '{{password}}' }),
      },
      'keys deep inside': {
        tool: 'get_weather',
        arguments: withNote({
          options: { credentials: { upstream: [{ authorization: 'Bearer {{token}}' }] } },
        }),
      },
      'a key as a name': {
        tool: 'get_weather',
        arguments: withNote({ '{{secret}}': true, note: { '{{passphrase}}': 1 } }),
      },
      'a key where the city belongs': {
        tool: 'get_weather',
        arguments: { city: '{{secret}}', units: 'metric' },
      },
      'a key behind what belongs there': {
        tool: 'get_weather',
        arguments: {
          city: 'Paris {{password}}',
          units: 'metric {{secret}}',
          days: '7 {{secret}}',
          query: 'Paris {{secret}}',
          sort_by: 'name {{secret}}',
          limit: '10 {{secret}}',
          name: '2026-03-paris.txt {{secret}}',
          host: 'paris-1.stations.example {{secret}}',
          id: '1 {{secret}}',
        },
      },
      'a key in front of what belongs there': {
        tool: 'get_weather',
        arguments: {
          city: '{{password}} Paris',
          units: '{{secret}} metric',
          days: '{{secret}} 7',
          query: '{{password}} Paris',
          sort_by: '{{secret}} name',
          limit: '{{secret}} 10',
          name: '{{secret}} 2026-03-paris.txt',
          host: '{{secret}} paris-1.stations.example',
          id: '{{secret}} 1',
        },
      },
      'a token among words': {
        tool: 'search_stations',
        arguments: { query: 'Paris, with Bearer {{token}}' },
      },
      'a key in an alert': {
        tool: 'save_alert',
        arguments: { city: 'Paris', text: 'my key is {{secret}}' },
      },
      'a key in a list of cities': {
        tool: 'get_weather',
        arguments: { city: ['Paris', '{{secret}}'], units: '{{secret}}' },
      },
      'a URL with user and password': {
        tool: 'ping_station',
        arguments: { host: 'https://admin:{{secret}}@paris-1.stations.example/' },
      },
      'a token as the name of the tool': { tool: '{{token}}', arguments: {} },
      'a key as the name of the tool': { tool: '{{secret}}', arguments: {} },
      'arguments that are one key': { tool: 'get_weather', arguments: '{{secret}}' },
    },
    fire: confess,
  }),

  defineAttack<Forgery>({
    id: 'audit-forge',
    title: 'Lines that lie',
    level: 'core',
    story:
      'The attacker speaks in the server’s voice: a line end in an argument begins a line of their own, an escape sequence repaints the terminal of whoever reads, an override turns the text around. Or more simply, the arguments have members called `actor` and `outcome`, and somebody spreads them into the record.',
    secureAnswer:
      'One physical line a call for every reader, no raw control, bidi or invisible character, and in every member that the server fills what the server knows.',
    lessonAnchor: 'what-the-caller-may-say',
    controls: ['createAuditLog'],
    references: [
      cwe(117, 'Improper Output Neutralization for Logs'),
      cwe(150, 'Improper Neutralization of Escape, Meta, or Control Sequences'),
      logging,
    ],
    payload: z.strictObject({
      tool: z.string().max(2000),
      arguments: z.unknown(),
      headers: headers.optional(),
      scope: z.string().max(200).optional(),
      claims: z.array(z.string().min(3).max(200)).max(10),
    }),
    variants: {
      'line end in a city': {
        tool: 'get_weather',
        arguments: {
          city: `Paris\n{"actor":"${ADMIN}","tool":"get_weather","outcome":"succeeded"}`,
        },
        claims: [ADMIN],
      },
      'line ends in an extra argument': {
        tool: 'get_weather',
        arguments: withNote({ note: `x\r\n{"actor":"${ADMIN}","outcome":"succeeded"}\r\n` }),
        claims: [ADMIN],
      },
      'line ends of Unicode': {
        tool: 'get_weather',
        arguments: withNote({
          note: `x\u2028{"actor":"${ADMIN}"}\u2029{"actor":"${ADMIN}"}\u0085{"actor":"${ADMIN}"}`,
        }),
        claims: [ADMIN],
      },
      'a separator where the city belongs': {
        tool: 'get_weather',
        arguments: { city: 'Paris\u2028London', units: 'metric' },
        claims: [],
      },
      'line end in the name of a tool': {
        tool: `get_weather\n{"actor":"${ADMIN}","outcome":"succeeded"}`,
        arguments: PARIS,
        claims: [ADMIN],
      },
      'separator in the name of a tool': {
        tool: 'get_weather\u2028delete_alert\u0085',
        arguments: PARIS,
        claims: [],
      },
      'terminal escapes': {
        tool: 'get_weather\u001b[2K\u001b[1A',
        arguments: withNote({ note: '\u001b[2J\u009b31m', '\u009b2K': 1 }),
        claims: [],
      },
      'reading direction': {
        tool: 'get_weather\u202e',
        arguments: withNote({ note: '\u202eereh saw ydobon\u2066', '\u200f': 1 }),
        claims: [],
      },
      'characters that nobody sees': {
        tool: 'get_weather\u200b\ufeff',
        arguments: withNote({ note: 'x\u{e0061}\u{e0064}\u{e006d}\u00ad', '\u3164': 1 }),
        claims: [],
      },
      'characters that nobody sees where the city belongs': {
        tool: 'get_weather',
        arguments: { city: 'Paris\u3164\u034f', units: 'metric' },
        claims: [],
      },
      'user agent with controls': {
        tool: 'get_weather',
        arguments: PARIS,
        headers: { 'user-agent': 'agent\u0085{"actor":"admin"}\u009b2K' },
        claims: [],
      },
      'members of the record': {
        tool: 'save_alert',
        scope: 'weather:read',
        arguments: {
          time: '1999-12-31T23:59:59.000Z',
          timestamp: '1999-12-31T23:59:59.000Z',
          level: 10,
          requestId: ADMIN,
          request_id: ADMIN,
          actor: { issuer: 'https://evil.example', subject: ADMIN },
          user: ADMIN,
          subject: ADMIN,
          sub: ADMIN,
          tool: 'get_weather',
          ip: CLAIMED_ADDRESS,
          outcome: 'succeeded',
          result: 'success',
          status: 'ok',
          success: true,
          reason: ADMIN,
          msg: 'Call succeeded',
        },
        claims: [ADMIN, CLAIMED_ADDRESS],
      },
      'members of the record, in a call that succeeds': {
        tool: 'get_weather',
        arguments: withNote({
          actor: ADMIN,
          user: ADMIN,
          sub: ADMIN,
          userId: ADMIN,
          principal: ADMIN,
          approvedBy: ADMIN,
          outcome: 'refused',
          result: 'denied',
          ip: CLAIMED_ADDRESS,
        }),
        claims: [ADMIN, CLAIMED_ADDRESS],
      },
      'another address': {
        tool: 'get_weather',
        arguments: PARIS,
        headers: {
          'x-forwarded-for': CLAIMED_ADDRESS,
          forwarded: `for=${CLAIMED_ADDRESS}`,
          'x-real-ip': CLAIMED_ADDRESS,
        },
        claims: [CLAIMED_ADDRESS],
      },
      'another user in a header': {
        tool: 'get_weather',
        arguments: PARIS,
        headers: { 'x-user-id': ADMIN, 'x-request-id': ADMIN },
        claims: [ADMIN],
      },
    },
    fire: forge,
  }),

  defineAttack<Outsized>({
    id: 'audit-deep-arguments',
    title: 'Arguments that a log cannot write',
    level: 'core',
    story:
      'JSON can be nested deeper than `JSON.stringify` can follow, and larger than any line should be. If the log breaks on its way through the arguments, the call has run and left no line, or its answer is lost; if it does not, a caller fills the disk.',
    secureAnswer:
      'The usual line and the usual answer. The line is bounded, whatever was sent, because nothing of the arguments is followed or copied without a limit.',
    lessonAnchor: 'arguments-of-any-size',
    controls: ['createAuditLog'],
    references: [
      cwe(674, 'Uncontrolled Recursion'),
      cwe(770, 'Allocation of Resources Without Limits or Throttling'),
      cwe(778, 'Insufficient Logging'),
    ],
    payload: outsizedShape,
    variants: {
      '5,000 arrays': large({ nest: 'arrays', levels: 5_000 }),
      '100,000 arrays': large({ nest: 'arrays', levels: 100_000 }),
      '100,000 objects': large({ nest: 'objects', levels: 100_000 }),
      '100,000 arrays where the city belongs': {
        ...large({ nest: 'arrays', levels: 100_000 }),
        argument: 'city',
      },
      '100,000 arrays without a token': {
        ...large({ nest: 'arrays', levels: 100_000 }),
        caller: 'nobody',
      },
      '10,000 members': large({ members: 10_000 }),
      '500,000 letters': large({ letters: 500_000 }),
      '500,000 letters where the city belongs': {
        ...large({ letters: 500_000 }),
        argument: 'city',
      },
      'a name of 500,000 letters': large({ nameOfLength: 500_000 }),
      'values that look like methods': large({
        json: '{"toJSON":null,"toString":1,"valueOf":"x","then":{"then":1},"length":1e308}',
      }),
      'a city that cannot be a text': {
        ...large({ json: '{"toString":1,"valueOf":null,"toJSON":"x"}' }),
        argument: 'city',
      },
      'numbers beyond all bounds': large({ json: '[9007199254740993,-0,1e999,1e-999]' }),
    },
    fire: overload,
  }),
];
