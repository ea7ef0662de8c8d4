/** What a learner has done, as a list of events, and what they add up to. */
import { z } from 'zod';
import type { Verdict } from '../../lab/protocol.ts';

/** Longest text of a pinned payload, in characters: the lab takes no more in a request either. */
const LONGEST_PAYLOAD = 64 * 1024;
const LONGEST_PIN_NAME = 60;
/** Far more than a topic has attacks or questions: the others have been made up. */
const MOST_IDS = 500;

/** A payload of the learner's own that is fired whenever its topic is graded. */
export interface Pin {
  attack: string;
  /** Unique among the pins of an attack. */
  name: string;
  /** JSON text. */
  payload: string;
}

interface Grade {
  passed: number;
  all: number;
  /** Ids of the checks that failed. Those that never ran are not among them. */
  failed: string[];
  /** Ids of the ordinary uses that worked. Earlier workbooks did not write them down. */
  works?: string[];
  /** SHA-256 of the learner's files that were graded. Neither did they write this. */
  files?: string;
  /** When, in ISO 8601. */
  at: string;
}

/** How the files did in the part of a topic that belongs to the fast track. */
interface Track {
  passed: number;
  all: number;
}

export interface TopicProgress {
  /** The lesson was opened. */
  read?: boolean;
  /** Attack id -> latest verdict against the learner's server. */
  verdicts?: Record<string, Verdict>;
  /** Question id -> whether it was ever answered right. */
  answers?: Record<string, boolean>;
  /** How many hints were shown. */
  hints?: number;
  /** Of the latest `npm run grade`. */
  grade?: Grade;
  /** Of the latest grade too, be it of the whole topic or of the fast track alone. */
  track?: Track;
  /** The learner asked to see the reference before the topic was solved. */
  spoiled?: boolean;
  pins?: Pin[];
}

/** Topic slug -> what was done there. */
export type Progress = Record<string, TopicProgress>;

const slug = z.string().regex(/^\d\d-[a-z0-9-]+$/);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
const verdict = z.enum(['breached', 'blocked', 'inconclusive']);
const count = z.int().min(0);

/** A name that can be seen in a terminal and takes up one line. */
export const pinName = z
  .string()
  .trim()
  .regex(
    new RegExp(`^\\P{C}{1,${LONGEST_PIN_NAME}}$`, 'u'),
    `The name of a pin has 1 to ${LONGEST_PIN_NAME} characters that can be seen.`,
  );
const pin = { attack: id, name: pinName };

/** Members that a later workbook adds are ignored, and so are events of kinds it adds. */
export const progressEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('read'), topic: slug }),
  z.object({ type: z.literal('verdict'), topic: slug, attack: id, verdict }),
  z.object({ type: z.literal('answered'), topic: slug, question: id, right: z.boolean() }),
  z.object({ type: z.literal('hints'), topic: slug, shown: count }),
  z.object({
    type: z.literal('graded'),
    topic: slug,
    passed: count,
    all: count,
    failed: z.array(z.string()),
    works: z.array(z.string()).max(MOST_IDS).exactOptional(),
    files: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .exactOptional(),
    at: z.iso.datetime(),
  }),
  z.object({ type: z.literal('tracked'), topic: slug, passed: count, all: count }),
  z.object({ type: z.literal('spoiled'), topic: slug }),
  /** The stubs are as they were shipped again. */
  z.object({ type: z.literal('reset'), topic: slug }),
  z.object({
    type: z.literal('pinned'),
    topic: slug,
    ...pin,
    payload: z.string().max(LONGEST_PAYLOAD),
  }),
  z.object({ type: z.literal('unpinned'), topic: slug, ...pin }),
]);
export type ProgressEvent = z.infer<typeof progressEvent>;

/** Earlier workbooks kept this much, in one JSON file that was replaced whole. */
export const earlierProgress = z.record(
  z.string(),
  z.object({
    read: z.boolean().exactOptional(),
    verdicts: z.record(z.string(), verdict).exactOptional(),
  }),
);

/** The progress after one more event. */
export function addEvent(progress: Progress, event: ProgressEvent): Progress {
  const before = progress[event.topic] ?? {};
  if (event.type === 'reset') {
    const { grade: _grade, track: _track, verdicts: _verdicts, ...kept } = before;
    return { ...progress, [event.topic]: kept };
  }
  return { ...progress, [event.topic]: { ...before, ...changesOf(before, event) } };
}

function changesOf(
  before: TopicProgress,
  event: Exclude<ProgressEvent, { type: 'reset' }>,
): TopicProgress {
  switch (event.type) {
    case 'read':
      return { read: true };
    case 'verdict':
      if (isFull(before.verdicts, event.attack)) return {};
      return { verdicts: { ...before.verdicts, [event.attack]: event.verdict } };
    case 'answered': {
      if (isFull(before.answers, event.question)) return {};
      const right = event.right || before.answers?.[event.question] === true;
      return { answers: { ...before.answers, [event.question]: right } };
    }
    case 'hints':
      return { hints: Math.max(before.hints ?? 0, event.shown) };
    case 'graded': {
      const { type: _type, topic: _topic, ...grade } = event;
      return { grade, verdicts: withoutBlocked(before, grade.failed) };
    }
    case 'tracked':
      return { track: { passed: event.passed, all: event.all } };
    case 'spoiled':
      return { spoiled: true };
    case 'pinned': {
      const { attack, name, payload } = event;
      return { pins: [...pinsExcept(before, event), { attack, name, payload }] };
    }
    case 'unpinned':
      return before.pins ? { pins: pinsExcept(before, event) } : {};
  }
}

const isFull = (known: Record<string, unknown> = {}, id: string): boolean =>
  !Object.hasOwn(known, id) && Object.keys(known).length >= MOST_IDS;

/** A check that failed takes the mark away that one payload of it had earned. */
const withoutBlocked = (
  { verdicts = {} }: TopicProgress,
  failed: string[],
): Record<string, Verdict> =>
  Object.fromEntries(
    Object.entries(verdicts).filter(
      ([attack, known]) => known !== 'blocked' || !failed.includes(attack),
    ),
  );

const pinsExcept = (
  { pins = [] }: TopicProgress,
  { attack, name }: Pick<Pin, 'attack' | 'name'>,
): Pin[] => pins.filter((known) => known.attack !== attack || known.name !== name);
