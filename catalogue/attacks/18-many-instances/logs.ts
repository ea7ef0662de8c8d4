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
  const found = given(await lab.verifyMergedLines(lines));
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

export const attacksOnLogs: Attack[] = [
  defineAttack<{ with: 'another word' | 'another key' | 'no seal' }>({
    id: 'mi-line-changed',
    title: 'Another word in a line',
    level: 'core',
    story:
      'Whoever can write to the place where logs are collected changes the user in a line, or writes a line of their own, sealed with a key of their own or with none.',
    secureAnswer: 'The line is found: nobody without the key can seal one.',
    lessonAnchor: 'chains-that-are-merged',
    references: [integrity, secureLogs],
    payload: z.strictObject({ with: z.enum(['another word', 'another key', 'no seal']) }),
    ordinaryUse: mergesInOrder,
    variants: {
      'another word': { with: 'another word' },
      'another key': { with: 'another key' },
      'no seal': { with: 'no seal' },
    },
    async fire({ with: how }, lab) {
      const starts = await threeStarts(lab);
      const lines = interleave(starts);
      const index = 4;
      const original = lines[index] ?? '';
      if (how === 'another word') {
        lines[index] = original.replaceAll(`-${lab.nonce}`, '-somebody-else');
      } else if (how === 'no seal') {
        lines[index] = linesOf(lab)[1] ?? '';
      } else {
        const forged = given(await lab.sealLines(linesOf(lab), 'another key'));
        return judge(lab, [...lines, ...forged], lines.length, 'A forged start was added');
      }
      return judge(lab, lines, index, `A line was replaced (${how})`);
    },
  }),

  defineAttack<{ start: number; line: number; renumber: boolean }>({
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
    }),
    ordinaryUse: mergesInOrder,
    variants: {
      'from the middle': { start: 1, line: 2, renumber: false },
      'the first of a start': { start: 0, line: 0, renumber: false },
      'the first of a later start': { start: 2, line: 0, renumber: false },
      'from the middle, and the rest moves up': { start: 1, line: 1, renumber: true },
    },
    async fire({ start, line, renumber }, lab) {
      const starts = await threeStarts(lab);
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
