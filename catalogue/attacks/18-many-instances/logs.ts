/** A log that was merged of several, by somebody who can also change it. */
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import { StepFailed, type Answer, type LabSession } from '../../../lab/protocol.ts';
import { cwe, link } from '../references.ts';

const integrity = cwe(354, 'Improper Validation of Integrity Check Value');
const secureLogs = link(
  'NIST SP 800-92, Guide to Computer Security Log Management, §5.1.2',
  'https://csrc.nist.gov/pubs/sp/800/92/final',
);

/** What one start of an instance writes, about a user of its own. */
const linesOf = (lab: LabSession, start = 0): string[] =>
  Array.from({ length: 5 }, (_, index) =>
    JSON.stringify({
      time: `2026-03-01T12:00:0${index}.000Z`,
      actor: { subject: `user-${start}-${lab.nonce}` },
      tool: 'get_weather',
      arguments: { city: ['Paris', '東京', 'Zürich', '“Xi’an”', ''][index] },
      sequence: index,
      mac: 'of the log itself',
    }),
  );

/** The value, or the step has failed. */
export function given<T>(answer: Answer<T>): T {
  if ('refused' in answer) throw new StepFailed(`A control threw: ${answer.refused}`);
  return answer.value;
}

/** Sealed lines of three starts: two instances, and one of them started again. */
export async function threeStarts(lab: LabSession): Promise<[string[], string[], string[]]> {
  const [first, second] = lab.instances;
  if (!first || !second) throw new Error('this needs two instances');
  return [
    given(await first.sealLines(linesOf(lab, 0))),
    given(await second.sealLines(linesOf(lab, 1))),
    given(await first.sealLines(linesOf(lab, 2))),
  ];
}

/** One line of each start in turn. */
export const interleave = (starts: string[][]): string[] =>
  Array.from({ length: Math.max(...starts.map(({ length }) => length)) }, (_, index) =>
    starts.flatMap((lines) => lines[index] ?? []),
  ).flat();

/** The verifier has to name the line; to name none is what the attacker wants. */
async function judge(
  lab: LabSession,
  lines: string[],
  bad: number,
  what: string,
): Promise<Findings> {
  const answer = await lab.verifyMergedLines(lines);
  if ('refused' in answer) {
    return { breaches: [], complaints: [`${what}, and the verifier threw: ${answer.refused}`] };
  }
  const found = answer.value;
  if (found === undefined)
    return { breaches: [`${what}, and the log is said to be in order.`], complaints: [] };
  return {
    breaches: [],
    complaints:
      found === bad ? [] : [`${what}: line ${bad} is the first bad one, and ${found} was named.`],
  };
}

/** Ordinary use: what was merged is in order, before anybody changes it. */
async function mergesInOrder(lab: LabSession): Promise<string[]> {
  const bad = given(await lab.verifyMergedLines(interleave(await threeStarts(lab))));
  return bad === undefined ? [] : [`line ${bad} of a log as it was written is said to be bad.`];
}

const at = z.int().min(0).max(4);

const CHANGES = [
  'another word',
  'another key',
  'a key that reads the same',
  'no seal',
  'less of a seal',
  'little',
  'a member more',
  'no line at all',
] as const;
type Change = (typeof CHANGES)[number];

/** A line, and one that somebody takes for the same who does not compare letter by letter. */
const HARDLY_CHANGED: [string, string][] = [
  ['{"tool":"get_weather"}', '{"tool":"get_weather"} '],
  ['{"actor":"alice"}', '{"actor":"Alice"}'],
  ['{"city":"東京"}', '{"city":"q京"}'],
  ['{"city":"Z\u00fcrich"}', '{"city":"Zu\u0308rich"}'],
  ['{"calls":1}', '{"calls":1.0}'],
  ['{"actor":"alice","tool":"get_weather"}', '{"tool":"get_weather","actor":"alice"}'],
  [`{"note":"${'x'.repeat(9_000)}1"}`, `{"note":"${'x'.repeat(9_000)}2"}`],
];

/** What a collector may find between lines, and what nobody has sealed. */
const NO_LINES = ['null', '0', '""', '[]', '{}', '', 'no JSON', '{"line":"{}"}', '{"line":null}'];

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Texts of which a lenient reader makes the same bytes: one of base64 does not read the last two bits, and
 * one of hex not whether letters are small.
 */
function sameBytes(text: string): string[] {
  const at = BASE64.indexOf(text.slice(-1));
  const inHex = [text.toUpperCase()].filter((other) => other !== text);
  if (at === -1) return inHex;
  const inBase64 = [1, 2, 3].map((bits) => `${text.slice(0, -1)}${BASE64.charAt(at ^ bits)}`);
  return [...inHex, ...inBase64];
}

/** Of several lists with one bad line each: the first that the verifier does not name it in. */
async function judgeAll(
  lab: LabSession,
  lists: { lines: string[]; bad: number; what: string }[],
): Promise<Findings> {
  for (const { lines, bad, what } of lists) {
    const findings = await judge(lab, lines, bad, what);
    if (findings.breaches.length > 0 || findings.complaints.length > 0) return findings;
  }
  return { breaches: [], complaints: [] };
}

/** Another text in the member `line`; all else is spelled as it was. */
const withLine = (text: string, line: string, changed: string): string =>
  text.replace(JSON.stringify(line), () => JSON.stringify(changed));

/** The changed line with less and less of whatever may be its seal. */
function withLessOfASeal(text: string): string[] {
  const members = membersOf(text);
  const changed: Record<string, unknown> = {
    ...members,
    line: '{"actor":"somebody else"}',
  };
  const less = Object.entries(members).flatMap(([name, value]) => {
    if (name === 'line' || typeof value !== 'string') return [];
    const parts = [undefined, '', value.slice(0, 1), value.slice(0, 8), value.slice(0, -1)];
    return parts.map((part) => ({ ...changed, [name]: part }));
  });
  return [{ line: changed.line }, ...less].map((one) => JSON.stringify(one));
}

/** Texts that say more than was sealed: to who reads the first of two members, or all of them. */
function withMore(text: string): string[] {
  const forged = JSON.stringify('{"actor":"somebody else"}');
  return [
    text.replace(/^\{/, () => `{"line":${forged},`),
    text.replace(/\}$/, ',"actor":"somebody else"}'),
    text.replace(/^\{/, '{"actor":"somebody else",'),
    `${text} {"line":${forged}}`,
    ...Object.entries(membersOf(text)).flatMap(([name, value]) =>
      name === 'line' || typeof value !== 'string'
        ? []
        : sameBytes(value).map((same) => text.replace(JSON.stringify(value), JSON.stringify(same))),
    ),
  ];
}

export const attacksOnLogs: Attack[] = [
  defineAttack<{ with: Change }>({
    id: 'mi-line-changed',
    title: 'Another word in a line',
    level: 'core',
    story:
      'Whoever can write to the place where logs are collected changes the user in a line, or writes a line of their own, sealed with a key of their own or with none.',
    secureAnswer: 'The line is found: nobody without the key can seal one.',
    lessonAnchor: 'chains-that-are-merged',
    references: [integrity, secureLogs],
    payload: z.strictObject({ with: z.enum(CHANGES) }),
    ordinaryUse: mergesInOrder,
    variants: {
      'another word': { with: 'another word' },
      'another key': { with: 'another key' },
      'a key that reads the same': { with: 'a key that reads the same' },
      'no seal': { with: 'no seal' },
      'less of a seal': { with: 'less of a seal' },
      'hardly changed': { with: 'little' },
      'a member more': { with: 'a member more' },
      'no line at all': { with: 'no line at all' },
    },
    async fire({ with: how }, lab) {
      const starts = await threeStarts(lab);
      const lines = interleave(starts);
      const index = 4;
      const original = lines[index] ?? '';
      /** The line in place of the original one, each in a list of its own. */
      const each = (texts: string[]): Promise<Findings> =>
        judgeAll(
          lab,
          texts.map((text) => ({
            lines: lines.with(index, text),
            bad: index,
            what: `A line was replaced (${how}) by ${text.slice(0, 200)}`,
          })),
        );
      if (how === 'less of a seal') return each(withLessOfASeal(original));
      if (how === 'a member more') return each(withMore(original));
      if (how === 'no line at all') return each(NO_LINES);
      if (how === 'little') return judgeHardlyChanged(lab, lines);
      if (how === 'another word') {
        lines[index] = original.replaceAll(`-${lab.nonce}`, '-somebody-else');
      } else if (how === 'no seal') {
        lines[index] = linesOf(lab)[1] ?? '';
      } else {
        const forged = given(await lab.sealLines(linesOf(lab), how));
        return judge(lab, [...lines, ...forged], lines.length, 'A forged start was added');
      }
      return judge(lab, lines, index, `A line was replaced (${how})`);
    },
  }),

  defineAttack<{
    start: number;
    line: number;
    renumber: boolean;
    lines?: number | undefined;
    moveDigit?: boolean | undefined;
  }>({
    id: 'mi-line-gone',
    title: 'A line less',
    level: 'core',
    story:
      'The attacker takes out the one line that names them. Lines of other instances stand before and after it, so that nothing looks torn.',
    secureAnswer: 'The next line of that start is named. If it was the first, the second one is.',
    lessonAnchor: 'chains-that-are-merged',
    references: [integrity, secureLogs],
    payload: z.strictObject({
      start: z.int().min(0).max(2),
      line: z.int().min(0).max(3),
      renumber: z.boolean(),
      /** So many in a row, of a start that has written more. */
      lines: z.int().min(1).max(2_000).optional(),
      /** The first ten, and the rest becomes another start. */
      moveDigit: z.boolean().optional(),
    }),
    ordinaryUse: mergesInOrder,
    variants: {
      'from the middle': { start: 1, line: 2, renumber: false },
      'the first of a start': { start: 0, line: 0, renumber: false },
      'the first of a later start': { start: 2, line: 0, renumber: false },
      'from the middle, and the rest moves up': { start: 1, line: 1, renumber: true },
      'as many as a byte has values': { start: 0, line: 3, renumber: false, lines: 256 },
      'a thousand': { start: 0, line: 3, renumber: false, lines: 1_000 },
      'ten, and the rest is another start': {
        start: 0,
        line: 0,
        renumber: false,
        moveDigit: true,
      },
    },
    async fire({ start, line, renumber, lines: many = 1, moveDigit = false }, lab) {
      const starts = await threeStarts(lab);
      if (moveDigit) return judgeMovedDigit(lab, starts.flat());
      if (many > 1) {
        const long = Array.from({ length: line + many + 2 }, (_, index) => `{"sequence":${index}}`);
        const kept = given(await lab.sealLines(long)).toSpliced(line, many);
        return judge(lab, kept, line, `${many} lines were taken out`);
      }
      if (renumber) return renumbered(lab, starts, start, line);
      const next = starts[start]?.[line + 1] ?? '';
      starts[start]?.splice(line, 1);
      const lines = starts.flat();
      return judge(lab, lines, lines.indexOf(next), 'A line was taken out');
    },
  }),

  defineAttack<{ start: number; line: number; how: 'doubled' | 'later' | 'to the end' }>({
    id: 'mi-line-moved',
    title: 'Another order',
    level: 'core',
    story:
      'The attacker puts a call before the one that allowed it, or makes one call of theirs into two of somebody’s. Each line is as it was sealed; only its place is not.',
    secureAnswer: 'The first line that does not stand where it was sealed is named.',
    lessonAnchor: 'chains-that-are-merged',
    references: [integrity, secureLogs],
    payload: z.strictObject({
      start: z.int().min(0).max(2),
      line: z.int().min(0).max(3),
      how: z.enum(['doubled', 'later', 'to the end']),
    }),
    ordinaryUse: mergesInOrder,
    variants: {
      'two in the other order': { start: 0, line: 1, how: 'later' },
      'the first to the end': { start: 1, line: 0, how: 'to the end' },
      'one line twice': { start: 2, line: 2, how: 'doubled' },
      'the last line twice': { start: 1, line: 3, how: 'doubled' },
    },
    async fire({ start, line, how }, lab) {
      const starts = await threeStarts(lab);
      const before = starts.slice(0, start).flat();
      const own = starts[start] ?? [];
      const [moved = ''] = own.slice(line, line + 1);
      const rest = own.toSpliced(line, 1);
      const target = how === 'to the end' ? rest.length : line + 1;
      const changed =
        how === 'doubled' ? own.toSpliced(line, 0, moved) : rest.toSpliced(target, 0, moved);
      const lines = [...before, ...changed, ...starts.slice(start + 1).flat()];
      const bad = before.length + (how === 'doubled' ? line + 1 : line);
      return judge(lab, lines, bad, `A line was moved (${how})`);
    },
  }),

  defineAttack<{ from: number; to: number; line: number }>({
    id: 'mi-line-of-another',
    title: 'A line of another instance',
    level: 'core',
    story:
      'All instances have the same key, and all begin to count at the beginning. The attacker takes the third line of one and puts it where the third line of another was, under the other’s name.',
    secureAnswer: 'It is named: the name of the start is under the seal as well.',
    lessonAnchor: 'chains-that-are-merged',
    references: [integrity, secureLogs],
    payload: z.strictObject({ from: z.int().min(0).max(2), to: z.int().min(0).max(2), line: at }),
    ordinaryUse: mergesInOrder,
    variants: {
      'of another instance': { from: 0, to: 1, line: 2 },
      'of an earlier start': { from: 0, to: 2, line: 2 },
      'the first of all': { from: 1, to: 0, line: 0 },
    },
    async fire({ from, to, line }, lab) {
      const starts = await threeStarts(lab);
      const other = starts[from]?.[line] ?? '';
      const own = starts[to]?.[line] ?? '';
      const before = starts.slice(0, to).flat();
      const after = [...(starts[to] ?? []).slice(line + 1), ...starts.slice(to + 1).flat()];
      for (const names of namesThatDiffer(other, own)) {
        const put = withMembersOf(other, own, names);
        const lines = [...before, ...(starts[to] ?? []).slice(0, line), put, ...after];
        if (given(await lab.verifyMergedLines(lines)) === undefined) {
          const name = names.length > 0 ? ` under its ${names.join(' and ')}` : '';
          const breach = `A line of another start was put in the place of one${name}, and the log is said to be in order.`;
          return { breaches: [breach], complaints: [] };
        }
      }
      // Which line is the first bad one depends on what is under the seal.
      return { breaches: [], complaints: [] };
    },
  }),
];

async function judgeHardlyChanged(lab: LabSession, others: string[]): Promise<Findings> {
  const own = given(await lab.sealLines(HARDLY_CHANGED.map(([line]) => line)));
  const lists = HARDLY_CHANGED.flatMap(([line, changed], index) => {
    const text = withLine(own[index] ?? '', line, changed);
    if (text === own[index]) return [];
    const lines = [...others, ...own.with(index, text)];
    return [{ lines, bad: others.length + index, what: 'A line was changed a little' }];
  });
  return judgeAll(lab, lists);
}

/**
 * Takes the first ten lines of a start out, and gives what is left another name and other numbers in
 * which, one after the other, the same letters stand: those of line 10 of “a” are those of line 0 of “a1”.
 */
async function judgeMovedDigit(lab: LabSession, others: string[]): Promise<Findings> {
  const lines = Array.from({ length: 15 }, (_, index) => JSON.stringify({ sequence: index }));
  const kept = given(await lab.sealLines(lines)).slice(10);
  if (given(await lab.verifyMergedLines([...others, ...kept])) === undefined) {
    const breach = 'Ten lines were taken out, and the log is said to be in order.';
    return { breaches: [breach], complaints: [] };
  }
  const [first = ''] = kept;
  const members = membersOf(first);
  const names = Object.keys(members).filter((name) => typeof members[name] === 'string');
  const numbers = Object.keys(members).filter((name) => [10, 11].includes(Number(members[name])));
  for (const name of names) {
    for (const number of numbers) {
      const renamed = kept.map((text) => {
        const own = membersOf(text);
        const [digit = '', ...rest] = String(own[number]);
        const left = rest.join('');
        const as = typeof own[number] === 'number' ? Number(left) : left;
        return JSON.stringify({ ...own, [name]: `${String(own[name])}${digit}`, [number]: as });
      });
      if (given(await lab.verifyMergedLines([...others, ...renamed])) === undefined) {
        const breach = `Ten lines were taken out and a digit moved from ${number} to ${name} in the others, and the log is said to be in order.`;
        return { breaches: [breach], complaints: [] };
      }
    }
  }
  return { breaches: [], complaints: [] };
}

/** Takes a line out, and gives each that follows what places the one before it. */
async function renumbered(
  lab: LabSession,
  starts: string[][],
  start: number,
  line: number,
): Promise<Findings> {
  const own = starts[start] ?? [];
  const kept = own.slice(line + 1);
  for (const names of namesThatDiffer(own[line + 1] ?? '', own[line] ?? '')) {
    const movedUp = kept.map((text, index) => withMembersOf(text, own[line + index] ?? '', names));
    const lines = starts.flatMap((all, index) =>
      index === start ? [...all.slice(0, line), ...movedUp] : all,
    );
    if (given(await lab.verifyMergedLines(lines)) === undefined) {
      const name = names.join(' and ');
      const breach = `A line was taken out and ${name} of the rest changed, and the log is said to be in order.`;
      return { breaches: [breach], complaints: [] };
    }
  }
  return { breaches: [], complaints: [] };
}

/** Members that are not the same in both lines, but for what the line says: all choices of some. */
function namesThatDiffer(line: string, other: string): string[][] {
  const [members, others] = [membersOf(line), membersOf(other)];
  const differ = Object.keys(members).filter(
    (name) => name !== 'line' && JSON.stringify(members[name]) !== JSON.stringify(others[name]),
  );
  return differ
    .slice(0, MOST_MEMBERS)
    .reduce<string[][]>(
      (choices, name) => [...choices, ...choices.map((one) => [...one, name])],
      [[]],
    );
}

const MOST_MEMBERS = 4;

function withMembersOf(line: string, other: string, names: string[]): string {
  const others = membersOf(other);
  const taken = Object.fromEntries(names.map((name) => [name, others[name]]));
  return JSON.stringify({ ...membersOf(line), ...taken });
}

function membersOf(line: string): Record<string, unknown> {
  try {
    const members = JSON.parse(line) as unknown;
    return typeof members === 'object' && members !== null ? { ...members } : {};
  } catch {
    return {};
  }
}
