import { createHash, createHmac, randomBytes } from 'node:crypto';
import type {
  CreateLineSealer,
  VerifyMergedLines,
} from '../../../exercises/weather-server/controls.ts';
import {
  createLineSealer as sealRightly,
  verifyMergedLines as verifyRightly,
} from '../../../solutions/18-many-instances/merged-logs.ts';
import type { Mistake } from '../../solutions.ts';

interface Sealed {
  start: string;
  number: number;
  line: string;
  mac: string;
}

interface Form {
  start: () => string;
  /** What is sealed. */
  sealed: (members: Omit<Sealed, 'mac'>) => string;
  mac: (key: Buffer, text: string) => string;
  /** Whether a number fits after what was seen of its start. */
  follows: (number: number, seen: number[]) => boolean;
  /** What a text says; undefined: it is no sealed line. */
  read: (text: string) => Sealed | undefined;
  isSame: (given: string, made: string) => boolean;
}

const RIGHT: Form = {
  start: () => randomBytes(12).toString('hex'),
  sealed: ({ start, number, line }) => JSON.stringify([start, number, line]),
  mac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
  follows: (number, seen) => number === seen.length,
  read: parsed,
  isSame: (given, made) => given === made,
};

/** A right way, but for what is changed. */
function sealedLike(change: Partial<Form>): {
  createLineSealer: CreateLineSealer;
  verifyMergedLines: VerifyMergedLines;
} {
  const form = { ...RIGHT, ...change };
  return {
    createLineSealer(chainKey) {
      const start = form.start();
      let number = 0;
      return (line) => {
        const members = { start, number: number++, line };
        return JSON.stringify({ ...members, mac: form.mac(chainKey, form.sealed(members)) });
      };
    },
    verifyMergedLines(lines, chainKey) {
      const seen = new Map<string, number[]>();
      const bad = lines.findIndex((text) => {
        const sealed = form.read(text);
        if (!sealed) return true;
        const before = seen.get(sealed.start) ?? [];
        seen.set(sealed.start, [...before, sealed.number]);
        const isSealed = form.isSame(sealed.mac, form.mac(chainKey, form.sealed(sealed)));
        return !isSealed || !form.follows(sealed.number, before);
      });
      return bad === -1 ? undefined : bad;
    },
  };
}

/** A line, if it is spelled as it was written. */
function parsed(text: string): Sealed | undefined {
  const sealed = parsedAnyhow(text);
  return JSON.stringify(sealed) === text ? sealed : undefined;
}

/** A line, with whatever else stands there. */
function parsedAnyhow(text: string): Sealed | undefined {
  try {
    const members = Object(JSON.parse(text)) as Partial<Sealed>;
    const { start, number, line, mac } = members;
    if (start === undefined || number === undefined) return undefined;
    if (line === undefined || mac === undefined) return undefined;
    return { start, number, line, mac };
  } catch {
    return undefined;
  }
}

/** What a line says, if it is JSON. */
function meaningOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

const ALL_ATTACKS = ['mi-line-changed', 'mi-line-gone', 'mi-line-moved', 'mi-line-of-another'];

export const mistakes: Mistake[] = [
  {
    name: 'the-start-is-not-sealed',
    mistake: 'Number and line are sealed, and the name of the start stands beside them.',
    caughtBy: ['mi-line-of-another'],
    controls: sealedLike({ sealed: ({ number, line }) => JSON.stringify([number, line]) }),
  },
  {
    name: 'the-number-is-not-sealed',
    mistake:
      'Start and line are sealed, and whoever takes a line out gives the others new numbers.',
    caughtBy: ['mi-line-gone'],
    controls: sealedLike({ sealed: ({ start, line }) => JSON.stringify([start, line]) }),
  },
  {
    name: 'a-hash-without-a-key',
    mistake: 'Lines are sealed with a hash, which everybody can compute.',
    caughtBy: ['mi-line-changed'],
    controls: sealedLike({
      mac: (_key, text) => createHash('sha256').update(text).digest('hex'),
    }),
  },
  {
    name: 'the-line-is-not-sealed',
    mistake: 'The place of a line is sealed, and what it says is not.',
    caughtBy: ['mi-line-changed', 'mi-line-gone', 'mi-line-of-another'],
    controls: sealedLike({ sealed: ({ start, number }) => JSON.stringify([start, number]) }),
  },
  {
    name: 'lines-without-a-seal-are-passed-over',
    mistake: 'A line that has no seal is taken for one of another program, and passed over.',
    caughtBy: ['mi-line-changed'],
    controls: {
      createLineSealer: sealRightly,
      verifyMergedLines(lines, chainKey) {
        const own = [...lines.keys()].filter((index) => parsed(lines[index] ?? '') !== undefined);
        const bad = verifyRightly(
          own.map((index) => lines[index] ?? ''),
          chainKey,
        );
        return bad === undefined ? undefined : own[bad];
      },
    },
  },
  {
    name: 'numbers-that-rise',
    mistake: 'Numbers have to rise, and may leave others out.',
    caughtBy: ['mi-line-gone', 'mi-line-moved'],
    controls: sealedLike({ follows: (number, seen) => number > (seen.at(-1) ?? -1) }),
  },
  {
    name: 'begins-where-the-file-begins',
    mistake: 'A start may begin with any number, because files are rotated.',
    caughtBy: ['mi-line-gone', 'mi-line-moved'],
    controls: sealedLike({
      follows: (number, seen) => seen.length === 0 || number === (seen.at(-1) ?? 0) + 1,
    }),
  },
  {
    name: 'a-line-may-come-twice',
    mistake:
      'A line that comes again is passed over, because collectors send twice what they are not sure of.',
    caughtBy: ['mi-line-moved'],
    controls: sealedLike({
      follows: (number, seen) => seen.includes(number) || number === new Set(seen).size,
    }),
  },
  {
    name: 'in-the-order-of-their-numbers',
    mistake: 'Lines are put in order before they are checked, so that any order is right.',
    caughtBy: ['mi-line-moved'],
    controls: {
      createLineSealer: sealedLike({}).createLineSealer,
      verifyMergedLines(lines, chainKey) {
        const inOrder = lines.toSorted(
          (one, other) => (parsed(one)?.number ?? 0) - (parsed(other)?.number ?? 0),
        );
        const bad = sealedLike({}).verifyMergedLines(inOrder, chainKey);
        return bad === undefined ? undefined : lines.indexOf(inOrder[bad] ?? '');
      },
    },
  },
  {
    name: 'counted-in-its-own-start',
    mistake:
      'The line is named by its place among those of its start, which is no place in the list.',
    caughtBy: ['mi-line-changed', 'mi-line-gone', 'mi-line-moved'],
    controls: {
      createLineSealer: sealRightly,
      verifyMergedLines(lines, chainKey) {
        const bad = verifyRightly(lines, chainKey);
        if (bad === undefined) return undefined;
        const { start } = parsed(lines[bad] ?? '') ?? {};
        return lines.slice(0, bad).filter((line) => parsed(line)?.start === start).length;
      },
    },
  },
  {
    name: 'one-chain-for-all',
    mistake: 'The chain of topic 12 goes from line to line of the file, and every merge breaks it.',
    caughtBy: [...ALL_ATTACKS, 'mi-merged-in-any-order', 'mi-lines-can-be-read'],
    controls: sealedLike({ start: () => 'the only one' }),
  },
  {
    name: 'named-after-the-process',
    mistake: 'A start is named after its process, and the next one may have the same number.',
    caughtBy: [...ALL_ATTACKS, 'mi-merged-in-any-order'],
    controls: sealedLike({ start: () => `process ${process.pid}` }),
  },
  {
    name: 'named-after-the-time',
    mistake: 'A start is named after the day on which it began, and so is another.',
    caughtBy: [...ALL_ATTACKS, 'mi-merged-in-any-order', 'mi-lines-can-be-read'],
    controls: sealedLike({ start: () => new Date().toISOString().slice(0, 10) }),
  },
  {
    name: 'joined-without-a-boundary',
    mistake:
      'Start, number and line are sealed one after the other, and a digit may go over from one to the next.',
    caughtBy: ['mi-line-gone'],
    controls: sealedLike({ sealed: ({ start, number, line }) => `${start}${number}${line}` }),
  },
  {
    name: 'members-are-sealed-and-not-the-text',
    mistake:
      'What the parser makes of a line is as it was sealed, and what people read in it is not: it has a member twice, or one more.',
    caughtBy: ['mi-line-changed'],
    controls: sealedLike({ read: parsedAnyhow }),
  },
  {
    name: 'a-seal-that-begins-alike',
    mistake: 'Seals are compared as far as the given one goes, and an empty one goes nowhere.',
    caughtBy: ['mi-line-changed'],
    controls: sealedLike({ isSame: (given, made) => made.startsWith(given) }),
  },
  {
    name: 'lines-are-trimmed',
    mistake: 'White space around the line is not under the seal.',
    caughtBy: ['mi-line-changed'],
    controls: sealedLike({
      sealed: ({ start, number, line }) => JSON.stringify([start, number, line.trim()]),
    }),
  },
  {
    name: 'what-the-line-means',
    mistake:
      'The line is parsed before it is sealed, and what is spelled in another way means the same.',
    caughtBy: ['mi-line-changed'],
    controls: sealedLike({
      sealed: ({ start, number, line }) => JSON.stringify([start, number, meaningOf(line)]),
    }),
  },
  {
    name: 'the-first-thousand-letters',
    mistake: 'Of a long line the beginning is under the seal.',
    caughtBy: ['mi-line-changed'],
    controls: sealedLike({
      sealed: ({ start, number, line }) => JSON.stringify([start, number, line.slice(0, 1_000)]),
    }),
  },
  {
    name: 'half-of-each-letter',
    mistake: 'The text is sealed as Latin-1, in which 東 and q are the same byte.',
    caughtBy: ['mi-line-changed'],
    controls: sealedLike({
      mac: (key, text) => createHmac('sha256', key).update(text, 'latin1').digest('hex'),
    }),
  },
  {
    name: 'the-key-as-a-text',
    mistake:
      'The key is made a text of, and all its bytes that are no UTF-8 become the same letter.',
    caughtBy: ['mi-line-changed'],
    controls: sealedLike({
      mac: (key, text) => createHmac('sha256', key.toString()).update(text).digest('hex'),
    }),
  },
  {
    name: 'a-number-of-one-byte',
    mistake: 'The number has a byte, and after 256 lines it is the same again.',
    caughtBy: ['mi-line-gone'],
    controls: sealedLike({
      sealed: ({ start, number, line }) => JSON.stringify([start, number % 256, line]),
      follows: (number, seen) => number % 256 === seen.length % 256,
    }),
  },
  {
    name: 'every-line-is-an-object',
    mistake: 'What is JSON and no object is an error of the verifier’s own.',
    caughtBy: ['mi-line-changed'],
    controls: sealedLike({
      read(text) {
        if (meaningOf(text) === null) throw new TypeError('null has no members');
        return parsed(text);
      },
    }),
  },
  {
    name: 'empty-lines-are-left-out',
    mistake: 'Empty lines are left out before lines are counted, so that a later one is named.',
    caughtBy: ['mi-line-changed'],
    controls: {
      createLineSealer: sealRightly,
      verifyMergedLines: (lines, chainKey) => verifyRightly(lines.filter(Boolean), chainKey),
    },
  },
  {
    name: 'members-of-the-line-among-its-own',
    mistake:
      'The members of the line are spread among those of the seal, which a line without any does not survive.',
    caughtBy: ['mi-lines-can-be-read'],
    controls: {
      createLineSealer(chainKey) {
        const seal = sealRightly(chainKey);
        return (line) => {
          const text = seal(line);
          return line.includes('"line"')
            ? JSON.stringify({ ...JSON.parse(text), ...JSON.parse(line) })
            : text;
        };
      },
      verifyMergedLines: verifyRightly,
    },
  },
  {
    name: 'an-empty-file-is-bad',
    mistake: 'A log without lines is said to be bad, though nothing has happened in it.',
    caughtBy: ['mi-merged-in-any-order'],
    controls: {
      createLineSealer: sealRightly,
      verifyMergedLines: (lines, chainKey) =>
        lines.length === 0 ? 0 : verifyRightly(lines, chainKey),
    },
  },
  {
    name: 'the-end-must-be-there',
    mistake: 'Starts have to be equally long, though each ends when it ends.',
    caughtBy: ['mi-merged-in-any-order', 'mi-lines-can-be-read'],
    controls: {
      createLineSealer: sealRightly,
      verifyMergedLines(lines, chainKey) {
        const bad = verifyRightly(lines, chainKey);
        const isShort = lines.length > 5 && lines.length < 15 && lines.length % 5 !== 0;
        return bad ?? (isShort ? lines.length - 1 : undefined);
      },
    },
  },
  {
    name: 'the-key-in-the-line',
    mistake: 'The key stands in each line, so that whoever reads the log can check it.',
    caughtBy: ['mi-line-changed', 'mi-lines-can-be-read'],
    controls: {
      createLineSealer(chainKey) {
        const seal = sealRightly(chainKey);
        return (line) => {
          const sealed = JSON.parse(seal(line)) as object;
          return JSON.stringify({ ...sealed, key: chainKey.toString('base64') });
        };
      },
      verifyMergedLines: (lines, chainKey) =>
        verifyRightly(
          lines.map((line) => line.replace(/,"key":"[^"]*"\}$/, '}')),
          chainKey,
        ),
    },
  },
  {
    name: 'lines-in-base64',
    mistake: 'What the line says is there in base64, and nobody can read it.',
    caughtBy: ['mi-line-changed', 'mi-lines-can-be-read'],
    controls: {
      createLineSealer(chainKey) {
        const seal = sealRightly(chainKey);
        return (line) => seal(Buffer.from(line).toString('base64'));
      },
      verifyMergedLines: verifyRightly,
    },
  },
];
