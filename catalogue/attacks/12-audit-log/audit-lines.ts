/**
 * Reads audit lines by what they say, whatever their members are called: a line is right if the
 * facts are in it, at any depth, in one of the usual spellings.
 */
import type { LabSession, LabReply } from '../../../lab/protocol.ts';

export type Outcome = 'succeeded' | 'failed' | 'refused';

interface Leaf {
  path: string[];
  value: unknown;
}

export interface AuditLine {
  text: string;
  /** When it was written, on the server's clock. */
  at: number;
  /** Whether the line is one JSON object. */
  isObject: boolean;
  leaves: Leaf[];
}

/** What the line about a call has to say. */
export interface CallFacts {
  requestId: string;
  tool: string;
  /** Undefined: nobody was verified. */
  actor: { issuer: string; subject: string } | undefined;
  /** How it ended, in each of the words that are right for that. */
  outcomes: readonly Outcome[];
}

/**
 * A call that never reached its pipeline is recorded when its response has closed. Counted in
 * questions and not in time: each goes through the process that writes the line, however slow it is.
 */
const MOST_ASKS = 10;
const ASK_AGAIN_MS = 15;

/** The lines of the log from the given one on. */
export async function readLog(lab: LabSession, from = 0): Promise<AuditLine[]> {
  const written = (await lab.tape()).filter((entry) => entry.kind === 'audit');
  return written.slice(from).map(({ line, at }) => readLine(line, at));
}

/** The lines from the given one on, once `enough` of them are there or no more can be expected. */
export async function awaitLines(
  lab: LabSession,
  from: number,
  enough: (lines: AuditLine[]) => boolean,
): Promise<AuditLine[]> {
  for (let asks = 1; ; asks++) {
    const lines = await readLog(lab, from);
    if (enough(lines) || asks === MOST_ASKS) return lines;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

export function readLine(text: string, at: number): AuditLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Then it is free text.
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return { text, at, isObject, leaves: isObject ? leavesOf(value) : [] };
}

const DEEPEST = 20;
const MOST_LEAVES = 20_000;

function leavesOf(root: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const open: Leaf[] = [{ path: [], value: root }];
  for (let next = open.pop(); next && leaves.length < MOST_LEAVES; next = open.pop()) {
    const { path, value } = next;
    if (typeof value !== 'object' || value === null || path.length > DEEPEST) leaves.push(next);
    else {
      for (const [name, inner] of Object.entries(value)) {
        open.push({ path: [...path, name], value: inner });
      }
    }
  }
  return leaves;
}

/** Names under which a log may repeat what the caller said, as such. */
const CALLERS_WORDS =
  /arg|param|input|payload|body|header|agent|^ua$|forward|xff|proxy|(?<!^verified_?)claim|unverified|alleged|raw|^(?:city|units|days|query|sort_by|limit|host|text)$/i;

/** The part of a line in which the server speaks for itself. */
export const serversWords = ({ leaves }: AuditLine): Leaf[] =>
  leaves.filter(({ path }) => !path.some((name) => CALLERS_WORDS.test(name)));

export const linesAbout = (requestId: string, lines: AuditLine[]): AuditLine[] =>
  lines.filter((line) =>
    serversWords(line).some(({ value }) =>
      String(value)
        .split(/[^\w-]+/)
        .includes(requestId),
    ),
  );

/** Lines that say how the call ended; others about it may say that it began. */
export const endsOf = (requestId: string, lines: AuditLine[]): AuditLine[] =>
  linesAbout(requestId, lines).filter((line) => outcomeIn(line) !== undefined);

const OUTCOME_WORDS: Record<Outcome, RegExp> = {
  succeeded:
    /^(?:succeeded|succeed|success|successful|ok|okay|completed|executed|allowed|granted)$/,
  failed: /^(?:failed|fail|failure|error|errored|exception|crashed)$/,
  refused:
    /^(?:refused|refuse|denied|deny|rejected|reject|forbidden|blocked|unauthorized|unauthorised|disallowed|declined|not)$/,
};
/** The more a member is about the end of a call, the more it counts. */
const STATES_OUTCOME = [/outcome/i, /result|status|disposition/i, /decision|verdict/i];
/** Members that go into details, where words such as `error` mean something else. */
const DETAILS = /reason|code|error|cause|detail|level|severity|tool|name|actor|user|subject|id$/i;

/** How the call ended, according to the line; undefined if it does not say, or says two things. */
export function outcomeIn(line: AuditLine): Outcome | undefined {
  const own = serversWords(line);
  const nameOf = ({ path }: Leaf): string => path.at(-1) ?? '';
  for (const pattern of STATES_OUTCOME) {
    const stated = outcomesIn(own.filter((leaf) => pattern.test(nameOf(leaf))));
    if (stated.size === 1 && stated.has('failed') && own.some(isOfTypeRefused)) return 'refused';
    if (stated.size > 0) return stated.size === 1 ? [...stated][0] : undefined;
  }

  const flag = (pattern: RegExp): unknown =>
    own.find((leaf) => typeof leaf.value === 'boolean' && pattern.test(nameOf(leaf)))?.value;
  const allowed = flag(/^(?:is_?)?(?:allowed|permitted|granted|authorized)$/i);
  const success = flag(/^(?:is_?)?(?:ok|success|successful|succeeded)$/i);
  if (flag(/refused|denied|rejected|blocked/i) === true || allowed === false) return 'refused';
  if (success === true) return 'succeeded';
  if (flag(/failed|error/i) === true || (allowed === true && success === false)) return 'failed';

  const told = outcomesIn(own.filter((leaf) => !DETAILS.test(nameOf(leaf))));
  return told.size === 1 ? [...told][0] : undefined;
}

/** The Elastic Common Schema has no outcome for it but `failure`, of an event of the type `denied`. */
const isOfTypeRefused = ({ path, value }: Leaf): boolean =>
  path.some((name) => /^(?:event\.)?(?:type|decision|verdict)$/i.test(name)) &&
  /^(?:denied|refused|rejected)$/i.test(String(value));

function outcomesIn(leaves: Leaf[]): Set<Outcome> {
  const found = new Set<Outcome>();
  for (const { value } of leaves) {
    if (typeof value !== 'string' || value.length > 80) continue;
    const words = value
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/);
    const named = (Object.keys(OUTCOME_WORDS) as Outcome[]).filter((outcome) =>
      words.some((word) => OUTCOME_WORDS[outcome].test(word)),
    );
    // “not allowed”
    if (named.includes('refused')) found.add('refused');
    else for (const outcome of named) found.add(outcome);
  }
  return found;
}

/** What somebody who reads the line about a call would miss, in sentences. */
export function whatIsMissing(line: AuditLine, facts: CallFacts): string[] {
  const own = serversWords(line);
  const says = (text: string): boolean => own.some(({ value }) => String(value).includes(text));
  const missing: string[] = [];
  if (!own.some(({ value }) => isTimeNear(value, line.at))) {
    missing.push('when it was, in UTC (ISO 8601 with Z or an offset, or an epoch)');
  }
  if (facts.actor && !says(facts.actor.subject)) missing.push(`who called (the subject)`);
  if (facts.actor && !says(facts.actor.issuer)) {
    missing.push('whose user that is (the issuer; a subject is unique there only)');
  }
  if (!says(facts.tool)) missing.push('which tool was called');
  if (!own.some(({ value }) => /^(?:127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/.test(String(value)))) {
    missing.push('the address of the TCP peer');
  }
  return missing;
}

const LATER_AT_MOST_MS = 2_000;
const EARLIER_AT_MOST_MS = 15_000;

function isTimeNear(value: unknown, at: number): boolean {
  const isNear = (time: number): boolean =>
    time > at - EARLIER_AT_MOST_MS && time < at + LATER_AT_MOST_MS;
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(value)) {
    return isNear(Date.parse(value));
  }
  const epoch = typeof value === 'string' && !/^[\d.]+$/.test(value) ? NaN : Number(value);
  // Seconds, milliseconds, microseconds, nanoseconds.
  return [1000, 1, 1e-3, 1e-6].some((milliseconds) => isNear(epoch * milliseconds));
}

/** Codes of topic 13 for what is wrong with a call rather than with the server. */
const CALLERS_FAULT = /\b(?:INVALID_INPUT|INSUFFICIENT_SCOPE|NOT_FOUND)\b/;

/**
 * How a single call ended, according to what the server did. Whether a tool refused the call or
 * failed over it, when it had begun and found the fault with the caller, is a matter of words.
 */
export async function outcomesOf(lab: LabSession, reply: LabReply): Promise<Outcome[]> {
  if ((await lab.executions([reply])).length === 0) return ['refused'];
  const { result } = (reply.json ?? {}) as { result?: { isError?: boolean } };
  if (result && result.isError !== true) return ['succeeded'];
  const isCallersFault = reply.status === 403 || CALLERS_FAULT.test(JSON.stringify(result ?? null));
  return isCallersFault ? ['refused', 'failed'] : ['failed'];
}

export const isAmong = (outcomes: readonly Outcome[], told: Outcome | undefined): boolean =>
  told !== undefined && outcomes.includes(told);

/** A member that an object of the line has twice, of which readers take the first or the last. */
export function repeatedMember(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const name = token.slice(0, -1).trim();
      if (open.at(-1)?.has(name)) return name;
      open.at(-1)?.add(name);
    }
  }
  return undefined;
}

/** Line ends of editors, terminals and log shippers, not only of Unix. */
export const physicalLines = (text: string): string[] =>
  // oxlint-disable-next-line no-control-regex
  text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);

/** Controls, C1 included, line separators, what reverses the reading direction, what is not seen. */
export const RAW_CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
