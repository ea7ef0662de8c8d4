import { createHmac } from 'node:crypto';
import pino from 'pino';
import type { Actor, CreateAuditLog } from '../../exercises/weather-server/controls.ts';
import { citySchema } from '../08-city-input/city-input.ts';

/** Lines that are kept in memory while the sink fails: of 7 KB at most each, so some 7 MB. */
const MOST_WAITING = 1000;
/** Characters shown of an identity. Subjects are shorter; a line has to be bounded all the same. */
const LONGEST_IDENTITY = 256;

/**
 * One JSON object a line for every attempted call, through pino: time, position, request id, address,
 * actor as verified (null: nobody), tool, arguments, what is not shown of them, outcome, reason.
 *
 * **The caller's words.** Arguments are shown by an allow-list of names and shapes, nothing of them
 * is spread, walked or serialized, and headers are left out. So a line is bounded whatever was sent
 * (CWE-770), no member can take the place of one of ours (CWE-117), and nothing that looks like a
 * credential is shown (CWE-532, OWASP ASVS 5.0 V16.2). What is not shown has a fingerprint, under
 * the key, so that equal values can be recognized. JSON escapes line ends and terminal escapes; what
 * else is invisible is escaped afterwards, which leaves the JSON the same.
 *
 * **One type per member.** An index with a column for each member drops a line whose value does not
 * fit the column. So what is shown is a text, always, and the rest is listed in `notShown`: otherwise
 * callers would choose which of their lines the index keeps.
 *
 * **The chain.** Each line ends with `mac`, an HMAC-SHA-256 of the mac before it and of the line. It
 * begins anew with each log, so each start of the server needs a file of its own.
 *
 * **When the sink fails**, `record` does not throw. Lines wait in order and are written before any
 * later one, at the next call; `ready` is false until then, and calls are refused: one that leaves no
 * trace is worse than one that has to wait. What is beyond 1,000 waiting lines is counted in a line.
 * A call that was under way when the sink failed has run, and its line is lost if the process ends
 * first. Whoever cannot accept that writes a line before the call as well.
 *
 * Not checked: secrets that look like a city (`hunter`, words with blanks or hyphens between).
 */
export const createAuditLog: CreateAuditLog = (writeLine, chainKey) => {
  const fingerprint = fingerprinter(chainKey);
  let formatted = '';
  const logger = pino(
    {
      base: null, // neither pid nor hostname
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    { write: (line) => (formatted = line.trimEnd()) },
  );

  const waiting: string[] = [];
  let sequence = 0;
  let previousMac = BEFORE_THE_FIRST_LINE;
  /** Lines that could not even wait. */
  let lost = 0;

  function append(level: 'info' | 'warn' | 'error', members: Record<string, unknown>): void {
    logger[level]({ sequence: sequence++, ...members });
    const line = escapeInvisible(formatted);
    previousMac = chainMac(chainKey, previousMac, line);
    waiting.push(`${line.slice(0, -1)},"mac":"${previousMac}"}`);
  }

  function writeWaiting(): void {
    for (let line = waiting[0]; line !== undefined; line = waiting[0]) {
      writeLine(line);
      waiting.shift();
    }
  }

  /** Writes what waits, as far as the sink takes it; whether it took all. */
  function flush(): boolean {
    try {
      writeWaiting();
      if (lost > 0) {
        append('error', { lostLines: lost });
        lost = 0;
        writeWaiting();
      }
      return true;
    } catch {
      return false;
    }
  }

  return {
    record({ call, outcome, reason }) {
      flush();
      if (waiting.length >= MOST_WAITING) {
        lost++;
        return;
      }
      const notShown: NotShown[] = [];
      const present: Present = (name, value, fits) => {
        const text = typeof value === 'number' ? String(value) : value;
        if (typeof text === 'string' && text.length <= MOST_SHOWN && fits(text)) return text;
        notShown.push({
          name,
          kind: kindOf(value),
          ...(typeof value === 'string'
            ? { length: value.length, fingerprint: fingerprint(value) }
            : {}),
        });
        return undefined;
      };
      append(outcome === 'succeeded' ? 'info' : 'warn', {
        requestId: bounded(call.requestId),
        ip: call.ip,
        actor: call.actor ? identity(call.actor) : null,
        tool: present('tool', call.tool, isToolName),
        ...presentArguments(call.arguments, present),
        outcome,
        ...(reason === undefined ? {} : { reason: present('reason', reason, isReason) }),
        notShown,
      });
      flush();
    },
    ready: flush,
  };
};

/** In UTF-16 units: of a city as long as topic 08 lets it be. */
const MOST_SHOWN = 400;

const isToolName = fitting(/^[a-z][a-z0-9_]{0,18}$/);
/** A code such as RATE_LIMITED, the name of an error, or what the server itself says of requests. */
const isReason = fitting(
  /^(?:[A-Za-z_]{1,40}|HTTP \d{3}|not a valid call|the client went away)(?:, as were \d{1,6} more in this body)?$/,
);

/** A run of 20 characters without a blank. */
const LONG_RUN = /\S{20,}/gu;
/** Keys have digits and capitals anywhere; long names have neither. */
const DIGIT_OR_INNER_CAPITAL = /\p{Nd}|\p{Ll}\p{Lu}/u;
/** A word of 20 letters that begins with a small one: long names begin with a capital, or have none. */
const LONG_SMALL_WORD = /(?<![\p{L}\p{M}])\p{Ll}[\p{L}\p{M}]{19}/u;

const looksLikeCredential = (text: string): boolean =>
  LONG_SMALL_WORD.test(text) ||
  (text.match(LONG_RUN) ?? []).some((run) => DIGIT_OR_INNER_CAPITAL.test(run));

/** What topic 08 accepts, and so what may be sent on: the log has no list of characters of its own. */
const isCity = (text: string): boolean =>
  citySchema.safeParse(text).success && !looksLikeCredential(text);

/** Argument -> what its value has to look like to be shown. */
const SHOWN_ARGUMENTS = new Map<string, Fits>([
  ['city', isCity],
  ['units', fitting(/^(?:metric|imperial)$/)],
  ['days', fitting(/^\d{1,2}$/)],
  // Part of a city; the wildcards of SQL stand for letters.
  ['query', (text) => isCity(text.replaceAll(/[%_]/g, 'a'))],
  ['sort_by', fitting(/^[a-z_]{1,19}$/)],
  ['limit', fitting(/^\d{1,3}$/)],
  ['name', fitting(/^\d{4}-\d{2}-[a-z-]{1,19}\.txt$/)],
  ['host', fitting(/^[a-z0-9-]{1,19}\.stations\.example$/)],
  ['id', fitting(/^\d{1,15}$/)],
  // People write to themselves here. Nobody needs to read that in a log.
  ['text', () => false],
]);

type Fits = (text: string) => boolean;

function fitting(pattern: RegExp): Fits {
  return (text) => pattern.test(text);
}

/** Something the caller sent, by our name for it. Texts have a length and a fingerprint. */
interface NotShown {
  name: string;
  kind: string;
  length?: number;
  fingerprint?: string;
}

/** The text, if it fits; otherwise undefined, and it is noted that it was there. */
type Present = (name: string, value: unknown, fits: Fits) => string | undefined;

function fingerprinter(chainKey: Buffer): (text: string) => string {
  const key = createHmac('sha256', chainKey).update('fingerprints').digest();
  return (text) => createHmac('sha256', key).update(text).digest('hex').slice(0, 16);
}

/** Looks at the arguments a tool can have, not into them; others are counted. */
function presentArguments(
  sent: unknown,
  present: Present,
): { arguments: Record<string, string | undefined>; otherArguments: number } {
  if (kindOf(sent) !== 'object') {
    present('arguments', sent, () => false);
    return { arguments: {}, otherArguments: 0 };
  }
  const values = sent as Record<string, unknown>;
  const known = [...SHOWN_ARGUMENTS].filter(([name]) => Object.hasOwn(values, name));
  return {
    arguments: Object.fromEntries(
      known.map(([name, fits]) => [name, present(name, values[name], fits)]),
    ),
    otherArguments: Object.keys(values).length - known.length,
  };
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const identity = ({ issuer, subject, clientId }: Actor): Record<string, string> => ({
  issuer: bounded(issuer),
  subject: bounded(subject),
  clientId: bounded(clientId),
});

const bounded = (text: string): string =>
  text.length <= LONGEST_IDENTITY
    ? text
    : `${text.slice(0, LONGEST_IDENTITY)}… (${text.length} characters)`;

/**
 * Controls, C1 included, bidi and format characters, U+2028 and U+2029, unassigned ones, and so on;
 * and U+FFFD, whose bytes in a file are those that a lone surrogate becomes.
 */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffd]/gu;

/** The same JSON without a character that a terminal or an editor would act on. */
const escapeInvisible = (json: string): string =>
  json.replaceAll(INVISIBLE, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/** Takes the place of a mac, so that a missing first line is noticed. */
export const BEFORE_THE_FIRST_LINE = '';

/** `line` is the whole object, without its `mac`. A mac has 43 characters, so nothing can shift. */
export const chainMac = (chainKey: Buffer, previousMac: string, line: string): string =>
  createHmac('sha256', chainKey).update(previousMac).update(line).digest('base64url');
