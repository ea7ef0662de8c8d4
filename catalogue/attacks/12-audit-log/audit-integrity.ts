/** Attacks on the log as a whole: lines changed afterwards, and a sink that fails. */
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import { StepFailed, type LabSession, type LabReply } from '../../../lab/protocol.ts';
import { actorOf, logging, mintFor } from './audit-judges.ts';
import { awaitLines, linesAbout, readLog, type AuditLine } from './audit-lines.ts';
import { forgeWithoutKey } from './forge-chain.ts';
import { cwe, link } from '../references.ts';
import { PARIS } from '../replies.ts';

// ------------------------------------------------------------------------------ tampering

interface Tampering {
  edit:
    | 'change its values'
    | 'change the end of its values'
    | 'change, with its key if a line shows it'
    | 'cut in half'
    | 'swap with the next'
    | 'remove'
    | 'repeat'
    | 'insert a line without a chain'
    | 'insert a copy in another name'
    | 'insert free text'
    | 'repeat a member in front of itself'
    | 'write behind its end'
    | 'put blanks around it'
    | 'escape a letter'
    | 'begin again behind so many lines'
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

const TOKEN = /"(?:[^"\\]|\\.)*"|\b(?:true|false|null)\b|-?\d[\d.]*/g;

/** Each value and each name in a line, changed. */
function changesOf(text: string, change = changeToken): { what: string; text: string }[] {
  return [...text.matchAll(TOKEN)].flatMap(({ 0: token, index }) => {
    const changed = change(token);
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

/** With one letter, digit or word changed. */
function changeToken(token: string): string {
  if (token === 'true') return 'false';
  if (token === 'false' || token === 'null') return 'true';
  // Not what follows a backslash.
  return token.replace(/(?<!\\)[a-z0-9]/i, (character) => {
    if (/\d/.test(character)) return character === '7' ? '3' : '7';
    return character === 'x' ? 'y' : 'x';
  });
}

/**
 * Each value in its middle, and near its end: whoever compares the beginning of a mac sees nothing. Of
 * the last character of base64url some bits mean nothing, so that it stays.
 */
function lateChangesOf(text: string): { what: string; text: string }[] {
  const changeAt = (place: (length: number) => number) => (token: string) => {
    const at = place(token.length);
    const character = token.charAt(at);
    if (token.length < 6 || !/[a-z0-9]/i.test(character)) return token;
    const others = /\d/.test(character) ? ['7', '3'] : ['a', 'b'];
    const other = others.find((one) => one !== character.toLowerCase()) ?? '';
    return token.slice(0, at) + other + token.slice(at + 1);
  };
  return [
    ...changesOf(
      text,
      changeAt((length) => Math.floor(length / 2)),
    ),
    ...changesOf(
      text,
      changeAt((length) => length - 3),
    ),
  ].map(({ text: changed }, index) => ({
    what: `the end of value ${index} changed`,
    text: changed,
  }));
}

/** The same text, for whoever parses it. */
const escapeLetter = (token: string): string =>
  token.startsWith('"')
    ? token.replace(
        /(?<!\\)[a-z]/i,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    : token;

/** Each member once more, in front of itself and with another value: most parsers take the last. */
function repetitionsOf(text: string): { what: string; text: string }[] {
  return [...text.matchAll(/("(?:[^"\\]|\\.)*"):("(?:[^"\\]|\\.)*")?/g)].map(
    ({ 0: member, 1: name = '', 2: value, index }) => {
      const other = value === undefined ? 'null' : changeToken(value);
      return {
        what: `a second ${name.slice(0, 30)} in front of ${member.slice(0, 40)}`,
        text: `${text.slice(0, index)}${name}:${other},${text.slice(index)}`,
      };
    },
  );
}

/** Mallory did it; or, in a line that does not name the user, anything else. */
const inAnotherName = (line: string, subject: string): string =>
  line.includes(subject)
    ? line.replaceAll(subject, 'mallory')
    : (changesOf(line)[0]?.text ?? `${line} `);

function tamper({ edit, line }: Tampering, lines: string[], lab: LabSession): Tampered[] {
  const at = Math.min(line, lines.length - 1);
  const own = lines[at]!;
  const one = (what: string, changed: string[], bad = at): Tampered[] => [
    { what, lines: changed, bad },
  ];
  const each = (changes: { what: string; text: string }[]): Tampered[] =>
    changes.map(({ what, text }) => ({
      what: `${what} in line ${at}`,
      lines: lines.with(at, text),
      bad: at,
    }));
  const { subject } = actorOf(lab);
  switch (edit) {
    case 'change its values':
      return each(changesOf(own));
    case 'change the end of its values':
      return each(lateChangesOf(own));
    case 'repeat a member in front of itself':
      return each(repetitionsOf(own));
    case 'escape a letter':
      return each(changesOf(own, escapeLetter));
    case 'write behind its end':
      return each(
        [` (approved by ${subject})`, `\n{"actor":"${subject}"}`, own].map((text) => ({
          what: `${text.slice(0, 40)} behind the end`,
          text: own + text,
        })),
      );
    case 'put blanks around it':
      return each([
        { what: 'a blank in front', text: ` ${own}` },
        { what: 'a blank behind the end', text: `${own} ` },
      ]);
    case 'begin again behind so many lines': {
      const count = Math.min(Math.max(line, 1), lines.length);
      const twice = lines.toSpliced(count, 0, ...lines.slice(0, count));
      return one(`the first ${count} lines twice`, twice, count);
    }
    case 'insert free text': {
      const text = `[${new Date().toISOString()}] ${subject} called get_weather: succeeded`;
      return one(`a line of free text inserted at ${at}`, lines.toSpliced(at, 0, text));
    }
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
    case 'change, with its key if a line shows it':
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

async function tamperAndVerify(payload: Tampering, lab: LabSession): Promise<Findings> {
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
  if (payload.edit === 'change, with its key if a line shows it') {
    const shown = await lab.lineWithAuditKey(lines);
    if (shown !== undefined) {
      const breach = `Line ${shown} holds the key of the chain, or a good part of it: whoever reads the log can write it anew.`;
      return { breaches: [breach], complaints };
    }
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
async function writeSomeLines(lab: LabSession): Promise<string[]> {
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

async function breakSink({ message, calls, together, withoutToken }: Outage, lab: LabSession) {
  const token = await mintFor(lab);
  const before = (await readLog(lab)).length;
  const make = (label: string) => () => lab.call('get_weather', PARIS, { token, label });
  await lab.breakDown('audit', message);
  const during = Array.from({ length: calls }, (_, index) => make(`call ${index + 1}, sink fails`));
  const replies: LabReply[] = together ? await lab.together(during) : [];
  if (!together) for (const send of during) replies.push(await send());
  if (withoutToken) await lab.call('get_weather', PARIS, { label: 'without a token, sink fails' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  try {
    await lab.breakDown('audit', undefined);
  } catch (error) {
    return { breaches: [`The server did not survive it: ${String(error)}`], complaints: [] };
  }
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

// ------------------------------------------------------------------------------- the attacks

export const integrityAttacks: Attack[] = [
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
        'change the end of its values',
        'change, with its key if a line shows it',
        'cut in half',
        'swap with the next',
        'remove',
        'repeat',
        'insert a line without a chain',
        'insert a copy in another name',
        'insert free text',
        'repeat a member in front of itself',
        'write behind its end',
        'put blanks around it',
        'escape a letter',
        'begin again behind so many lines',
        'change, and compute the chain anew',
        'none, but ask under another key',
      ]),
      line: z.int().min(0).max(1000),
    }),
    variants: {
      'values of a line': { edit: 'change its values', line: 3 },
      'values of the first line': { edit: 'change its values', line: 0 },
      'values of the last line': { edit: 'change its values', line: 1000 },
      'the end of values': { edit: 'change the end of its values', line: 3 },
      'the end of values of the last line': { edit: 'change the end of its values', line: 1000 },
      'a key that a line shows': { edit: 'change, with its key if a line shows it', line: 3 },
      'half a line': { edit: 'cut in half', line: 2 },
      'two lines swapped': { edit: 'swap with the next', line: 2 },
      'a line removed': { edit: 'remove', line: 3 },
      'the first line removed': { edit: 'remove', line: 0 },
      'a line repeated': { edit: 'repeat', line: 2 },
      'the last line repeated': { edit: 'repeat', line: 1000 },
      'a line without a chain': { edit: 'insert a line without a chain', line: 3 },
      'a line without a chain in front': { edit: 'insert a line without a chain', line: 0 },
      'a copy in another name': { edit: 'insert a copy in another name', line: 2 },
      'a line of free text': { edit: 'insert free text', line: 2 },
      'a member twice': { edit: 'repeat a member in front of itself', line: 2 },
      'text behind a line': { edit: 'write behind its end', line: 2 },
      'text behind the last line': { edit: 'write behind its end', line: 1000 },
      'blanks around a line': { edit: 'put blanks around it', line: 3 },
      'the same JSON in other bytes': { edit: 'escape a letter', line: 2 },
      'the first line repeated': { edit: 'begin again behind so many lines', line: 1 },
      'a second beginning in the middle': { edit: 'begin again behind so many lines', line: 3 },
      'a second beginning at the end': { edit: 'begin again behind so many lines', line: 1000 },
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
