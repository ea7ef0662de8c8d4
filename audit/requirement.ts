/** What the checklist consists of, and the words in which its items say what was seen. */
import type { Reference } from '../lab/attack.ts';
import { visibleLine } from '../shared/visible-text.ts';
import type { Reply } from './polite-client.ts';
import { askedEras, versionOf } from './read-seen.ts';
import type { Answer, Era, EraProbe, Probe, Seen } from './seen.ts';

/** `checklist`: no specification's word, but the course's. */
export type Level = 'MUST' | 'SHOULD' | 'checklist';
/** `not-applicable`: the server is none that the item is about. */
export type State = 'pass' | 'fail' | 'cannot-tell' | 'not-applicable';

export interface Judgement {
  state: State;
  /** What was seen, or why nothing was, in a sentence or two. Quotes are bounded and visible. */
  evidence: string;
}

interface Requirement {
  /** Kebab-case, unique, never renamed: other programs know it. */
  id: string;
  /** What holds if it passes. */
  title: string;
  level: Level;
  reference: Reference;
  fix: string;
  /** Topic and heading: `11-transport#tls`. */
  lesson: string;
  /** Decides from what was seen alone. Whatever it does not show is `cannot-tell`. */
  judge: (seen: Seen) => Judgement;
}

export interface Group {
  title: string;
  /** It is about OAuth, which is optional in MCP. */
  isOfOAuth?: boolean;
  requirements: Requirement[];
}

export const pass = (evidence: string): Judgement => ({ state: 'pass', evidence });
export const fail = (evidence: string): Judgement => ({ state: 'fail', evidence });
export const cannotTell = (evidence: string): Judgement => ({ state: 'cannot-tell', evidence });

export const notApplicable = (evidence: string): Judgement => ({
  state: 'not-applicable',
  evidence,
});

/** Judges the answer to one question; silence tells nothing. */
export const judgeAnswer =
  (probe: Probe, judge: (reply: Reply, seen: Seen) => Judgement) =>
  (seen: Seen): Judgement => {
    const answer: Answer = seen.answers[probe];
    return answer.kind === 'reply' ? judge(answer, seen) : cannotTell(answer.why);
  };

/**
 * Judges the answers to a question in each era that the server speaks. It has to be right in all of
 * them, and the evidence says in which it is not.
 */
export const judgeEach =
  (probe: EraProbe, judge: (reply: Reply, seen: Seen, era: Era) => Judgement) =>
  (seen: Seen): Judgement =>
    together(seen, (era) =>
      judgeAnswer(`${era} ${probe}`, (reply) => judge(reply, seen, era))(seen),
    );

/** What holds of each era, as one: a failure in any is one, and so is what cannot be told. */
function together(seen: Seen, judge: (era: Era) => Judgement): Judgement {
  const judged = askedEras(seen).map((era) => ({ era, ...judge(era) }));
  const [first, ...more] = judged;
  if (first && more.every(({ evidence, state }) => isSame(first, { evidence, state }))) {
    return { state: first.state, evidence: first.evidence };
  }
  for (const state of ['fail', 'cannot-tell', 'pass', 'not-applicable'] as const) {
    const own = judged.filter((one) => one.state === state);
    const evidence = own.map(({ era, evidence: seenIn }) => `${versionOf(era, seen)}: ${seenIn}`);
    if (own.length > 0) return { state, evidence: evidence.join(' ') };
  }
  return cannotTell('It was not asked.');
}

const isSame = (one: Judgement, other: Judgement): boolean =>
  one.state === other.state && one.evidence === other.evidence;

/** Several questions of one item, of which the worst answer counts. */
export function worstOf(judgements: Judgement[]): Judgement {
  for (const state of ['fail', 'cannot-tell', 'pass', 'not-applicable'] as const) {
    const own = judgements.filter((one) => one.state === state).map(({ evidence }) => evidence);
    if (own.length > 0) return { state, evidence: [...new Set(own)].join(' ') };
  }
  return cannotTell('It was not asked.');
}

/** Statuses that say something about the moment, or the way there, and nothing about the question. */
const PASSING = [408, 425, 429, 502, 503, 504];
export const isUnrelated = ({ status }: Reply): boolean =>
  PASSING.includes(status) || (status >= 300 && status < 400);

export const isRefusal = ({ status }: Reply): boolean => status >= 400 && status < 500;

const LONGEST_QUOTE = 120;

/** A stranger's text in a sentence of ours. */
export function quote(value: unknown): string {
  if (typeof value !== 'string') return Array.isArray(value) ? 'a list' : typeof value;
  return `“${visibleLine(value.replaceAll(/(?:\r\n|[ \t\n])+/g, ' '), LONGEST_QUOTE)}”`;
}

/** `HTTP 200, application/json`. */
export function describe({ status, headers }: Reply): string {
  const type = headers['content-type']?.split(';')[0]?.trim();
  return `HTTP ${status}${type ? ` (${quote(type).slice(1, -1)})` : ''}`;
}

export const mcp = (page: string, title: string): Reference => ({
  label: `MCP 2026-07-28, ${title}`,
  url: `https://modelcontextprotocol.io/specification/2026-07-28/${page}`,
});
