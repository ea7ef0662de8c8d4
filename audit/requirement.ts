/** What the checklist consists of, and the words in which its items say what was seen. */
import type { Reference } from '../lab/attack.ts';
import { visibleLine } from '../shared/visible-text.ts';
import type { Reply } from './polite-client.ts';
import type { Answer, Probe, Seen } from './seen.ts';

/** `checklist`: no specification's word, but the course's. */
export type Level = 'MUST' | 'SHOULD' | 'checklist';
export type State = 'pass' | 'fail' | 'cannot-tell';

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
  requirements: Requirement[];
}

export const pass = (evidence: string): Judgement => ({ state: 'pass', evidence });
export const fail = (evidence: string): Judgement => ({ state: 'fail', evidence });
export const cannotTell = (evidence: string): Judgement => ({ state: 'cannot-tell', evidence });

/** Judges the answer to one question; silence tells nothing. */
export const judgeAnswer =
  (probe: Probe, judge: (reply: Reply, seen: Seen) => Judgement) =>
  (seen: Seen): Judgement => {
    const answer: Answer = seen.answers[probe];
    return answer.kind === 'reply' ? judge(answer, seen) : cannotTell(answer.why);
  };

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
