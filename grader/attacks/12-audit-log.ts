/** Attacks on the audit log: calls without a line, secrets in lines, lines that lie. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  defineAttack,
  StepFailed,
  type Attack,
  type Findings,
  type Lab,
  type LabReply,
  type LegitimateUse,
  type TokenRecipe,
  type TopicCatalogue,
} from './attack.ts';
import {
  awaitLines,
  endsOf,
  linesAbout,
  outcomeIn,
  outcomeOf,
  physicalLines,
  RAW_CONTROL,
  readLog,
  repeatedMember,
  serversWords,
  whatIsMissing,
  type AuditLine,
  type CallFacts,
  type Outcome,
} from './audit-lines.ts';
import { forgeWithoutKey } from './forge-chain.ts';
import { cwe, link, mcp } from './references.ts';
import { describeReply, PARIS, succeeded } from './replies.ts';

const logging = link(
  'OWASP ASVS 5.0, V16 Security Logging and Error Handling',
  'https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x25-V16-Security-Logging-and-Error-Handling.md',
);
const cheatSheet = link(
  'OWASP Logging Cheat Sheet',
  'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html',
);
const toolsSecurity = mcp(
  'server/tools',
  'security-considerations',
  'Tools, Security Considerations',
);

/** A line that is longer than this has let the caller decide how long it is. */
const LONGEST_LINE = 16 * 1024;

interface Call {
  tool: string;
  arguments?: unknown;
}
const call: z.ZodType<Call> = z.strictObject({
  tool: z.string().max(2000),
  arguments: z.unknown().optional(),
});

const JSON_RPC_HEADERS = {
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2025-11-25',
};

/** Header values as Node sends them. */
const headers = z.record(
  z.string().regex(/^[a-z0-9-]{1,40}$/i),
  z
    .string()
    .max(4000)
    // oxlint-disable-next-line no-control-regex
    .regex(/^[\t\u0020-\u007e\u0080-\u00ff]*$/),
);

const actorOf = (lab: Lab): { issuer: string; subject: string } => ({
  issuer: lab.config.issuer,
  subject: `user-${lab.nonce}`,
});

const mintFor = (lab: Lab, recipe: TokenRecipe = {}): Promise<string> =>
  lab.mint({ ...recipe, claims: { sub: `user-${lab.nonce}`, ...recipe.claims } });

/** Whether the server says something in the line that fits. */
const says = (line: AuditLine, fits: (text: string) => boolean): boolean =>
  serversWords(line).some(({ value }) => fits(String(value)));

const NONE: Findings = { breaches: [], complaints: [] };

// --------------------------------------------------------------------------- missing lines

const CALLERS: Record<string, TokenRecipe | undefined> = {
  user: {},
  reader: { claims: { scope: 'weather:read' } },
  nobody: undefined,
  expired: { expiresIn: -3600 },
  forged: { signWith: 'attacker-key' },
};

interface Attempt {
  caller: string;
  calls: Call[];
  /** All in one POST, as a JSON-RPC batch. */
  batch?: boolean | undefined;
  /** What the weather service fails with meanwhile. */
  outage?: string | undefined;
}

const attemptShape: z.ZodType<Attempt> = z.strictObject({
  caller: z.enum(Object.keys(CALLERS)),
  calls: z.array(call).min(1).max(20),
  batch: z.boolean().optional(),
  outage: z.string().max(200).optional(),
});

async function makeAttempt({ caller, calls, batch, outage }: Attempt, lab: Lab) {
  const recipe = CALLERS[caller];
  const token = recipe && (await mintFor(lab, recipe));
  const authorization: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  const replies: LabReply[] = [];
  if (outage !== undefined) await lab.breakDown('upstream', outage);
  try {
    if (batch) {
      const body = calls.map(({ tool, arguments: args }, id) => ({
        jsonrpc: '2.0',
        id,
        method: 'tools/call',
        params: { name: tool, arguments: args },
      }));
      const request = { path: '/mcp', headers: { ...JSON_RPC_HEADERS, ...authorization }, body };
      replies.push(await lab.send(request, 'batch'));
    } else {
      for (const { tool, arguments: args } of calls) {
        replies.push(await lab.call(tool, args, token === undefined ? {} : { token }));
      }
    }
  } finally {
    if (outage !== undefined) await lab.breakDown('upstream', undefined);
  }
  return replies;
}

const ENDED: Record<Outcome, string> = {
  succeeded: 'succeeded',
  failed: 'failed',
  refused: 'was refused',
};

/** What somebody who knows the facts finds wrong with the lines about one call. */
function judgeLine(ends: AuditLine[], facts: CallFacts): Findings {
  const { requestId, tool, outcome } = facts;
  const name = tool.slice(0, 40);
  const [line] = ends;
  if (!line) {
    return {
      breaches: [
        `A call of ${name} ${ENDED[outcome]}, and no line says so (request ${requestId}).`,
      ],
      complaints: [],
    };
  }
  const complaints: string[] = [];
  if (ends.length > 1) {
    complaints.push(`One call of ${name} left ${ends.length} lines that say how it ended.`);
  }
  const told = outcomeIn(line);
  const breaches =
    told === outcome
      ? []
      : [
          `The line says that the call of ${name} ${told ? ENDED[told] : 'ended'}; the server knows that it ${ENDED[outcome]}.`,
        ];
  const missing = whatIsMissing(line, facts);
  if (missing.length > 0) {
    complaints.push(`The line about the call of ${name} does not say ${missing.join(', nor ')}.`);
  }
  return { breaches, complaints };
}

const merge = (findings: Findings[]): Findings => ({
  breaches: [...new Set(findings.flatMap(({ breaches }) => breaches))].slice(0, 4),
  complaints: [...new Set(findings.flatMap(({ complaints }) => complaints))].slice(0, 4),
});

/** Every attempted call against the lines about it. */
async function judgeAttempt(attempt: Attempt, lab: Lab): Promise<Findings> {
  const before = (await readLog(lab)).length;
  const replies = await makeAttempt(attempt, lab);
  const isBatch = attempt.batch === true;
  const perRequest = isBatch ? attempt.calls.length : 1;
  const lines = await awaitLines(lab, before, (soFar) =>
    replies.every(({ requestId }) => endsOf(requestId, soFar).length >= perRequest),
  );
  const verified = attempt.caller === 'user' || attempt.caller === 'reader';
  const actor = verified ? actorOf(lab) : undefined;

  if (isBatch) return judgeBatch(attempt, replies[0]!, lines);
  const findings = await Promise.all(
    replies.map(async (reply, index) => {
      const { requestId } = reply;
      const outcome = await outcomeOf(lab, reply);
      const tool = attempt.calls[index]!.tool;
      const known = KNOWN_TOOLS.includes(tool) ? tool : '';
      const ends = endsOf(requestId, lines);
      return merge([
        judgeLine(ends, { requestId, tool: known, actor, outcome }),
        actor ? NONE : judgeUnverified(lab, ends),
      ]);
    }),
  );
  return merge(findings);
}

/** A tool that nobody knows may be shown as such; its name is the caller's text. */
const KNOWN_TOOLS = [
  'get_weather',
  'get_forecast',
  'search_stations',
  'read_report',
  'ping_station',
  'save_alert',
  'delete_alert',
  'list_all_alerts',
];

/** Who sends a token that is not accepted is nobody, whatever the token says. */
function judgeUnverified(lab: Lab, lines: AuditLine[]): Findings {
  const { subject } = actorOf(lab);
  const names = lines.some((line) => says(line, (text) => text.includes(subject)));
  return {
    breaches: names
      ? [`The line names ${subject}, who never called: the token that says so was not accepted.`]
      : [],
    complaints: [],
  };
}

function judgeBatch(
  { calls }: Attempt,
  { requestId, json }: LabReply,
  lines: AuditLine[],
): Findings {
  const ends = endsOf(requestId, lines);
  if (ends.length < calls.length) {
    return {
      breaches: [
        `${calls.length} calls came in one POST, and the log has ${ends.length} lines about them (request ${requestId}).`,
      ],
      complaints: [],
    };
  }
  // The batch is refused as a whole, before anybody looks at who sends it.
  const refused = !Array.isArray(json);
  const lying = ends.find((line) => refused && outcomeIn(line) !== 'refused');
  const facts = { requestId, tool: '', actor: undefined, outcome: 'refused' } as const;
  const missing = ends.flatMap((line) => whatIsMissing(line, facts));
  const unnamed = calls.filter(
    ({ tool }) =>
      KNOWN_TOOLS.includes(tool) && !ends.some((line) => says(line, (text) => text.includes(tool))),
  );
  return {
    breaches: lying
      ? ['The batch was refused as a whole; a line says that a call of it was not.']
      : [],
    complaints: [
      ...(ends.length > calls.length
        ? [`${calls.length} calls left ${ends.length} lines that say how they ended.`]
        : []),
      ...[...new Set(missing)].map((what) => `A line does not say ${what}.`),
      ...unnamed.map(({ tool }) => `No line about the batch names ${tool}.`),
    ],
  };
}

// -------------------------------------------------------------------------------- secrets

interface Confession {
  tool: string;
  arguments: unknown;
  headers?: Record<string, string> | undefined;
  path?: string | undefined;
}

/** `{{token}}`, `{{secret}}` and `{{nonce}}` in any text of a payload. */
function fill<T>(payload: T, values: Record<string, string>): T {
  const text = JSON.stringify(payload).replaceAll(
    /\{\{(\w+)\}\}/g,
    (whole, name: string) => values[name] ?? whole,
  );
  return JSON.parse(text) as T;
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

function isIn(reading: string, secret: string): boolean {
  for (let from = 0; from + RECOGNIZABLE <= secret.length; from++) {
    if (reading.includes(secret.slice(from, from + RECOGNIZABLE).toLowerCase())) return true;
  }
  return false;
}

async function confess(payload: Confession, lab: Lab): Promise<Findings> {
  const token = await mintFor(lab);
  // One with digits, as keys have, and one of letters, that could be a city.
  const digest = createHash('sha256').update(lab.nonce).digest();
  const secret = `sk-live-${digest.toString('hex')}`;
  const passphrase = Array.from(digest, (byte) => String.fromCharCode(97 + (byte % 26))).join('');
  const values = { token, secret, passphrase, nonce: lab.nonce };
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
  const breaches = Object.entries({ token, secret, passphrase }).flatMap(([what, value]) => {
    const line = lines.find((written) => readings(written).some((text) => isIn(text, value)));
    if (!line) return [];
    const whose = what === 'token' ? 'The access token of the caller' : `A ${what} of the caller`;
    return [`${whose} stands in the log, for whoever reads it: ${excerpt(line.text)}`];
  });
  return { breaches, complaints: [] };
}

const excerpt = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text);

// ---------------------------------------------------------------------------------- forgery

interface Forgery {
  tool: string;
  arguments: unknown;
  headers?: Record<string, string> | undefined;
  scope?: string | undefined;
  /** What the attacker would like the server to say. */
  claims: string[];
}

async function forge(payload: Forgery, lab: Lab): Promise<Findings> {
  const values = { nonce: lab.nonce };
  const { tool, arguments: args, headers: sent, scope, claims } = fill(payload, values);
  const token = await mintFor(lab, scope === undefined ? {} : { claims: { scope } });
  const read = async (name: string, callArgs: unknown, more: object): Promise<ReadCall> => {
    const before = (await readLog(lab)).length;
    const reply = await lab.call(name, callArgs, { token, ...more });
    const lines = await awaitLines(lab, before, (soFar) => soFar.length > 0);
    const outcome = await outcomeOf(lab, reply);
    const known = KNOWN_TOOLS.includes(name) ? name : '';
    const facts = { requestId: reply.requestId, tool: known, actor: actorOf(lab), outcome };
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
    ...(end && outcomeIn(end) === facts.outcome ? [] : ['how it really ended']),
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

async function overload({ caller, tool, arguments: base, argument, value }: Outsized, lab: Lab) {
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
  const outcome = await outcomeOf(lab, reply);
  const ran = (await lab.executions([reply])).length > 0;
  // A body that nobody has parsed holds no call that anybody could know of.
  if (!ran && lines.length === 0 && [400, 413, 422].includes(reply.status)) return NONE;
  const findings: Findings[] = [];
  if (reply.failure || reply.status >= 500 || (ran && outcome === 'failed')) {
    findings.push({
      breaches: [
        `${ran ? 'The tool ran, and its answer got lost' : 'The call was not answered'}: ${describeReply(reply)}`,
      ],
      complaints: [],
    });
  }
  const actor = token === undefined ? undefined : actorOf(lab);
  const known = KNOWN_TOOLS.includes(tool) ? tool : '';
  const facts = { requestId: reply.requestId, tool: known, actor, outcome };
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

// ------------------------------------------------------------------------------ tampering

interface Tampering {
  edit:
    | 'change its values'
    | 'cut in half'
    | 'swap with the next'
    | 'remove'
    | 'repeat'
    | 'insert a line without a chain'
    | 'insert a copy in another name'
    | 'change, and compute the chain anew'
    | 'none, but ask under another key';
  /** Of the log, from 0; the last one if there are fewer. */
  line: number;
}

interface Tampered {
  what: string;
  lines: string[];
  /** The first line that is not as it was written. */
  bad: number;
}

/** Each value and each name in a line, with one letter, digit or word changed. */
function changesOf(text: string): { what: string; text: string }[] {
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|\b(?:true|false|null)\b|-?\d[\d.]*/g)];
  return tokens.flatMap(({ 0: token, index }) => {
    const changed = changeToken(token);
    return changed === token
      ? []
      : [
          {
            what: `${token.slice(0, 30)} changed to ${changed.slice(0, 30)}`,
            text: text.slice(0, index) + changed + text.slice(index + token.length),
          },
        ];
  });
}

function changeToken(token: string): string {
  if (token === 'true') return 'false';
  if (token === 'false' || token === 'null') return 'true';
  // Not what follows a backslash.
  return token.replace(/(?<!\\)[a-z0-9]/i, (character) => {
    if (/\d/.test(character)) return character === '7' ? '3' : '7';
    return character === 'x' ? 'y' : 'x';
  });
}

/** Mallory did it; or, in a line that does not name the user, anything else. */
const inAnotherName = (line: string, subject: string): string =>
  line.includes(subject)
    ? line.replaceAll(subject, 'mallory')
    : (changesOf(line)[0]?.text ?? `${line} `);

function tamper({ edit, line }: Tampering, lines: string[], lab: Lab): Tampered[] {
  const at = Math.min(line, lines.length - 1);
  const own = lines[at]!;
  const one = (what: string, changed: string[], bad = at): Tampered[] => [
    { what, lines: changed, bad },
  ];
  const { subject } = actorOf(lab);
  switch (edit) {
    case 'change its values':
      return changesOf(own).map(({ what, text }) => ({
        what: `${what} in line ${at}`,
        lines: lines.with(at, text),
        bad: at,
      }));
    case 'cut in half':
      return one(`line ${at} cut in half`, lines.with(at, own.slice(0, own.length / 2)));
    case 'swap with the next': {
      const first = Math.min(at, lines.length - 2);
      const swapped = lines.with(first, lines[first + 1]!).with(first + 1, lines[first]!);
      return one(`lines ${first} and ${first + 1} swapped`, swapped, first);
    }
    case 'remove': {
      // Behind the last line nothing is left that could tell.
      const gone = Math.min(at, lines.length - 2);
      return one(`line ${gone} removed`, lines.toSpliced(gone, 1), gone);
    }
    case 'repeat':
      return one(`line ${at} repeated`, lines.toSpliced(at + 1, 0, own), at + 1);
    case 'insert a line without a chain': {
      const plain = JSON.stringify({
        time: new Date().toISOString(),
        actor: subject,
        tool: 'get_weather',
        outcome: 'succeeded',
      });
      return one(`a line without a chain inserted at ${at}`, lines.toSpliced(at, 0, plain));
    }
    case 'insert a copy in another name': {
      const copy = inAnotherName(own, subject);
      return one(
        `a copy of line ${at} in another name put behind it`,
        lines.toSpliced(at + 1, 0, copy),
        at + 1,
      );
    }
    case 'change, and compute the chain anew': {
      const edited = inAnotherName(own, subject);
      const forged = forgeWithoutKey(lines, at, edited);
      return forged
        ? one(`line ${at} changed and the chain computed anew, without any key`, forged)
        : one(`line ${at} changed`, lines.with(at, edited));
    }
    case 'none, but ask under another key':
      return [];
  }
}

async function tamperAndVerify(payload: Tampering, lab: Lab): Promise<Findings> {
  const lines = await writeSomeLines(lab);
  const complaints: string[] = [];
  const intact = await lab.verifyAuditLog(lines);
  if ('refused' in intact) complaints.push(`Verifying an intact log threw: ${intact.refused}`);
  else if (intact.value !== undefined) {
    complaints.push(
      `Line ${intact.value} of an intact log is said to be bad; nobody listens to that for long.`,
    );
  }
  if (payload.edit === 'none, but ask under another key') {
    const asked = await lab.verifyAuditLog(lines, 'another key');
    return {
      breaches:
        !('refused' in asked) && asked.value === undefined
          ? ['The log is in order under any key: whoever can write to it can compute its chain.']
          : [],
      complaints,
    };
  }
  const breaches: string[] = [];
  for (const { what, lines: changed, bad } of tamper(payload, lines, lab)) {
    const found = await lab.verifyAuditLog(changed);
    if ('refused' in found) {
      complaints.push(`With ${what}, verifying threw instead of naming the line: ${found.refused}`);
    } else if (found.value === undefined) {
      breaches.push(`With ${what}, the log is said to be in order.`);
    } else if (found.value !== bad) {
      complaints.push(`With ${what}, line ${found.value} is named; the first bad one is ${bad}.`);
    }
  }
  return { breaches: breaches.slice(0, 3), complaints: complaints.slice(0, 3) };
}

/** The log after a few calls of two users. */
async function writeSomeLines(lab: Lab): Promise<string[]> {
  const tokens = [await mintFor(lab), await lab.mint()];
  for (let index = 0; index < 6; index++) {
    await lab.call('get_weather', PARIS, { token: tokens[index % 2]! });
  }
  const lines = await awaitLines(lab, 0, (soFar) => soFar.length >= 7);
  if (lines.length < 4) {
    throw new StepFailed(`Seven calls succeeded, and the log has ${lines.length} lines.`);
  }
  return lines.map(({ text }) => text);
}

// --------------------------------------------------------------------------- failing sink

interface Outage {
  message: string;
  calls: number;
  together: boolean;
  withoutToken: boolean;
}

/** Longer than anybody waits before writing again what could not be written. */
const RETRIED_WITHIN_MS = 120_000;

async function breakSink({ message, calls, together, withoutToken }: Outage, lab: Lab) {
  const token = await mintFor(lab);
  const before = (await readLog(lab)).length;
  const make = (label: string) => () => lab.call('get_weather', PARIS, { token, label });
  await lab.breakDown('audit', message);
  const during = Array.from({ length: calls }, (_, index) => make(`call ${index + 1}, sink fails`));
  const replies: LabReply[] = together ? await lab.together(during) : [];
  if (!together) for (const send of during) replies.push(await send());
  if (withoutToken) await lab.call('get_weather', PARIS, { label: 'without a token, sink fails' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await lab.breakDown('audit', undefined);
  for (let index = 0; index < 2; index++) {
    replies.push(await make(`call ${index + 1}, sink works again`)());
  }

  const silent = replies.find(({ failure }) => failure !== undefined);
  if (silent) {
    return {
      breaches: [`The server no longer answers: ${silent.failure}.`],
      complaints: [],
    };
  }
  const ran = new Set((await lab.executions(replies)).map(({ requestId }) => requestId));
  const lacksLine = (lines: AuditLine[]): LabReply[] =>
    replies.filter(
      ({ requestId }) => ran.has(requestId) && linesAbout(requestId, lines).length === 0,
    );
  const noneLacks = (lines: AuditLine[]): boolean => lacksLine(lines).length === 0;
  let lines = await awaitLines(lab, before, noneLacks);
  if (!noneLacks(lines)) {
    await lab.advance(RETRIED_WITHIN_MS);
    await make('a call two minutes later')();
    lines = await awaitLines(lab, before, noneLacks);
  }
  const lost = lacksLine(lines).length;
  const verified = await lab.verifyAuditLog((await readLog(lab)).map(({ text }) => text));
  return {
    breaches:
      lost > 0
        ? [
            `${lost} of ${ran.size} calls that ran left no line, not even when the sink worked again.`,
          ]
        : [],
    complaints:
      !('refused' in verified) && verified.value === undefined
        ? []
        : ['After the sink has failed, the log no longer verifies, although nobody changed it.'],
  };
}

// ------------------------------------------------------------------------------- catalogue

const ordinary = (caller: string, tool: string, args: unknown): Attempt => ({
  caller,
  calls: [{ tool, arguments: args }],
});
const LONDON_ALERT = { city: 'London', text: 'Take an umbrella' };
const PING = { tool: 'ping_station', arguments: { host: 'paris-1.stations.example' } };
const withNote = (more: object): unknown => ({ ...PARIS, ...more });
const ADMIN = 'admin-{{nonce}}';
const CLAIMED_ADDRESS = '203.0.113.7';

const attacks: Attack[] = [
  defineAttack<Attempt>({
    id: 'audit-denied-omitted',
    title: 'Calls that nobody will hear of',
    level: 'core',
    story:
      'The attacker tries doors: without a token, with an old one, tools beyond their scope, names that might exist, arguments that might break something, faster than allowed. A log of what succeeded shows none of that. The refused call is the one somebody will look for later.',
    secureAnswer:
      'One line for every attempted call, however it ended: time in UTC, request id, issuer and subject of the actor or that nobody was known, address, tool, and whether it succeeded, failed or was refused.',
    lessonAnchor: 'one-line-for-every-attempt',
    references: [
      cwe(778, 'Insufficient Logging'),
      cwe(223, 'Omission of Security-relevant Information'),
      logging,
    ],
    payload: attemptShape,
    variants: {
      'no token': ordinary('nobody', 'get_weather', PARIS),
      'expired token': ordinary('expired', 'get_weather', PARIS),
      'forged token': ordinary('forged', 'get_weather', PARIS),
      'missing scope': ordinary('reader', 'save_alert', LONDON_ALERT),
      'a tool for administrators': ordinary('user', 'list_all_alerts', {}),
      'invalid input': ordinary('user', 'get_weather', { city: '', units: 'metric' }),
      'arguments of another type': ordinary('user', 'get_weather', ['Paris']),
      'no arguments': ordinary('user', 'get_weather', null),
      'arguments left out': { caller: 'user', calls: [{ tool: 'list_all_alerts' }] },
      'unknown tool': ordinary('user', 'get_secrets', {}),
      'a tool every object has': ordinary('user', 'constructor', {}),
      'an alert of nobody': ordinary('user', 'delete_alert', { id: 987_654 }),
      'too many calls': { caller: 'user', calls: Array.from({ length: 12 }, () => PING) },
      'a tool that fails': {
        ...ordinary('user', 'get_weather', PARIS),
        outage: 'connect ECONNREFUSED 10.0.0.7:443',
      },
      'a batch': {
        caller: 'user',
        batch: true,
        calls: [
          { tool: 'get_weather', arguments: PARIS },
          { tool: 'list_all_alerts', arguments: {} },
          { tool: 'get_forecast', arguments: { city: '' } },
        ],
      },
    },
    fire: judgeAttempt,
  }),

  defineAttack<Confession>({
    id: 'audit-secret',
    title: 'Secrets in the log',
    level: 'core',
    story:
      'Logs are read by more people than databases, copied to more places, and kept longer. So the attacker need not break in where tokens are used: it is enough to read where they were written down, together with whatever keys a model has put into its arguments.',
    secureAnswer:
      'No credential in any line, under whatever name it was sent: what is logged of a call is chosen by an allow-list. Redacting members called `password` misses the same value under another name.',
    lessonAnchor: 'no-secrets-in-the-log',
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
      'a passphrase where the city belongs': {
        tool: 'get_weather',
        arguments: { city: '{{passphrase}}', units: 'metric' },
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
        arguments: { city: ['Paris', '{{secret}}'], units: '{{passphrase}}' },
      },
      'a URL with user and password': {
        tool: 'ping_station',
        arguments: { host: 'https://admin:{{secret}}@paris-1.stations.example/' },
      },
      'a token as the name of the tool': { tool: '{{token}}', arguments: {} },
      'a passphrase as the name of the tool': { tool: '{{passphrase}}', arguments: {} },
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
      'One physical line a call for every reader, no raw control or bidi character, and in every member that the server fills what the server knows.',
    lessonAnchor: 'what-the-caller-may-say',
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

  defineAttack<Tampering>({
    id: 'audit-tamper',
    title: 'The log afterwards',
    level: 'core',
    story:
      'Whoever has got in removes the traces: changes a name in a line, takes one out, puts one in, swaps two. They have the log, and perhaps the code. They do not have the key, which is kept where the log is not.',
    secureAnswer:
      '`verifyAuditLog` names the first line that is not as it was written where it stands. Lines missing at the end cannot be seen from the lines.',
    lessonAnchor: 'a-chain-that-notices',
    references: [
      cwe(354, 'Improper Validation of Integrity Check Value'),
      link('RFC 2104, HMAC', 'https://www.rfc-editor.org/rfc/rfc2104'),
      logging,
    ],
    payload: z.strictObject({
      edit: z.enum([
        'change its values',
        'cut in half',
        'swap with the next',
        'remove',
        'repeat',
        'insert a line without a chain',
        'insert a copy in another name',
        'change, and compute the chain anew',
        'none, but ask under another key',
      ]),
      line: z.int().min(0).max(1000),
    }),
    variants: {
      'values of a line': { edit: 'change its values', line: 3 },
      'values of the first line': { edit: 'change its values', line: 0 },
      'values of the last line': { edit: 'change its values', line: 1000 },
      'half a line': { edit: 'cut in half', line: 2 },
      'two lines swapped': { edit: 'swap with the next', line: 2 },
      'a line removed': { edit: 'remove', line: 3 },
      'the first line removed': { edit: 'remove', line: 0 },
      'a line repeated': { edit: 'repeat', line: 2 },
      'the last line repeated': { edit: 'repeat', line: 1000 },
      'a line without a chain': { edit: 'insert a line without a chain', line: 3 },
      'a line without a chain in front': { edit: 'insert a line without a chain', line: 0 },
      'a copy in another name': { edit: 'insert a copy in another name', line: 2 },
      'the chain computed anew': { edit: 'change, and compute the chain anew', line: 3 },
      'another key': { edit: 'none, but ask under another key', line: 0 },
    },
    fire: tamperAndVerify,
  }),

  defineAttack<Outage>({
    id: 'audit-sink-fails',
    title: 'While nobody writes it down',
    level: 'stretch',
    story:
      'The disk is full, by chance or because somebody filled it. Whatever is called now leaves no trace, or the server falls over its own log.',
    secureAnswer:
      'Lines that could not be written are kept and written first when the sink works again. Meanwhile calls are refused, and may be tried again later. The process goes on.',
    lessonAnchor: 'when-the-sink-fails',
    references: [
      cwe(636, "Not Failing Securely ('Failing Open')"),
      cwe(778, 'Insufficient Logging'),
      logging,
    ],
    payload: z.strictObject({
      message: z.string().max(200),
      calls: z.int().min(1).max(40),
      together: z.boolean(),
      withoutToken: z.boolean(),
    }),
    variants: {
      'a full disk': { message: 'ENOSPC', calls: 3, together: false, withoutToken: false },
      'calls without a token meanwhile': {
        message: 'EIO',
        calls: 2,
        together: false,
        withoutToken: true,
      },
      'many calls at once': { message: 'EIO', calls: 12, together: true, withoutToken: false },
    },
    fire: breakSink,
  }),
];

function large(value: Grown): Outsized {
  return { caller: 'user', tool: 'get_weather', arguments: PARIS, argument: 'note', value };
}

const theLines = {
  lessonAnchor: 'one-line-for-every-attempt',
  references: [toolsSecurity, logging],
};

/** Makes an attempt and expects of its lines what an attack would expect, and these outcomes. */
const logsAs =
  (attempts: [Attempt, Outcome][]): LegitimateUse['try'] =>
  async (lab) => {
    const problems: string[] = [];
    for (const [attempt, wanted] of attempts) {
      const before = (await readLog(lab)).length;
      const { breaches, complaints } = await judgeAttempt(attempt, lab);
      problems.push(...breaches, ...complaints);
      const told = (await readLog(lab, before)).map(outcomeIn);
      if (problems.length === 0 && !told.includes(wanted)) {
        problems.push(
          `A call of ${attempt.calls[0]?.tool} should have ${wanted}; the log says ${told.join(', ')}.`,
        );
      }
    }
    return problems;
  };

const uses: LegitimateUse[] = [
  {
    ...theLines,
    id: 'log-names-callers',
    title: 'Names who called',
    why: 'Calls that succeed leave a line as well, and calls of two users name each of them.',
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      for (const name of ['ada', 'grace']) {
        const subject = `${name}-${lab.nonce}`;
        const token = await lab.mint({ claims: { sub: subject } });
        const before = (await readLog(lab)).length;
        const reply = await lab.call('get_weather', PARIS, { token });
        if (!succeeded(reply)) problems.push(`The call failed: ${describeReply(reply)}`);
        const { requestId } = reply;
        const lines = await awaitLines(lab, before, (soFar) => endsOf(requestId, soFar).length > 0);
        const actor = { issuer: lab.config.issuer, subject };
        const found = judgeLine(endsOf(requestId, lines), {
          requestId,
          tool: 'get_weather',
          actor,
          outcome: 'succeeded',
        });
        problems.push(...found.breaches, ...found.complaints);
      }
      return problems;
    },
  },
  {
    ...theLines,
    id: 'log-tells-outcomes',
    title: 'Tells success, failure and refusal apart',
    why: 'A tool that broke, a caller who was refused and a call that worked are three different stories.',
    worksOnBaseline: false,
    try: logsAs([
      [ordinary('user', 'get_forecast', { city: 'Oslo', days: 2, units: 'metric' }), 'succeeded'],
      [{ ...ordinary('user', 'get_weather', PARIS), outage: 'timeout' }, 'failed'],
      [ordinary('user', 'get_weather', { city: 42 }), 'refused'],
    ]),
  },
  {
    id: 'log-verifies',
    title: 'A log of fifty calls verifies',
    why: 'A log that nobody touched must be in order, also when calls overlap and some are refused.',
    lessonAnchor: 'a-chain-that-notices',
    references: [logging],
    worksOnBaseline: true,
    async try(lab) {
      const tokens = await Promise.all(Array.from({ length: 5 }, () => lab.mint()));
      for (let round = 0; round < 5; round++) {
        await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            lab.call('get_weather', index === 7 ? { city: '\u2028' } : PARIS, {
              token: tokens[index % 5]!,
            }),
          ),
        );
      }
      const lines = await readLog(lab);
      if (lines.length < 40) return [`Fifty calls left ${lines.length} lines.`];
      const answer = await lab.verifyAuditLog(lines.map(({ text }) => text));
      if ('refused' in answer) return [`Verifying threw: ${answer.refused}`];
      return answer.value === undefined
        ? []
        : [`Line ${answer.value} is said to be bad, and nobody has touched the log.`];
    },
  },
];

export const catalogue: TopicCatalogue = { attacks, uses };
