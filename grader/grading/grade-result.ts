/** What grading finds: plain JSON, the same for the terminal, files and reports. */
import type { Check, CheckKind, CheckOutcome } from '../checks/checks-of-topic.ts';
import type { Topic } from '../curriculum.ts';
import type { AuditItem } from '../security-audit.ts';
import { mistakesBehind } from './known-mistakes.ts';

export interface GradedCheck {
  /** Unique in its topic. */
  id: string;
  kind: CheckKind;
  title: string;
  /** `never-ran`: the run ended before it; counts as failed. */
  state: 'passed' | 'failed' | 'never-ran';
  /** What it is worth, and what was earned of that. */
  points: number;
  earned: number;
  /** Of a failed check, everything that was seen. */
  explanation?: string;
  /** Known mistakes that fail just like this, most telling first. */
  mistakes?: string[];
}

export interface GradedTopic {
  slug: string;
  title: string;
  checks: GradedCheck[];
  passed: number;
  points: number;
  earned: number;
}

export interface GradeResult {
  target: 'student' | 'reference';
  withStretch: boolean;
  /** ISO 8601, UTC. */
  startedAt: string;
  seconds: number;
  topics: GradedTopic[];
  /** What went wrong outside of any check. */
  problems: string[];
  /** Of all checks. */
  passed: number;
  failed: number;
  points: number;
  earned: number;
  /** The checklist of the whole server, if a capstone was graded. */
  items: AuditItem[];
}

/** Every check passed, and nothing else went wrong. */
export const allPassed = ({ failed, problems }: GradeResult): boolean =>
  failed === 0 && problems.length === 0;

/** @param outcomes by id of the check; one that is missing never ran */
export function gradedTopic(
  { slug, title }: Topic,
  checks: Check[],
  outcomes: ReadonlyMap<string, CheckOutcome>,
): GradedTopic {
  const mistakes = mistakesBehind(slug, outcomes);
  const graded = checks.map(({ id, kind, title: what, points }): GradedCheck => {
    const outcome = outcomes.get(id);
    const check = { id, kind, title: what, points };
    if (!outcome) return { ...check, state: 'never-ran', earned: 0 };
    if (outcome.passed) return { ...check, state: 'passed', earned: points };
    const { explanation } = outcome;
    const known = mistakes.get(id);
    return { ...check, state: 'failed', earned: 0, explanation, ...(known && { mistakes: known }) };
  });
  return {
    slug,
    title,
    checks: graded,
    passed: graded.filter(({ state }) => state === 'passed').length,
    points: sum(graded.map(({ points }) => points)),
    earned: sum(graded.map(({ earned }) => earned)),
  };
}

/** Adds up topics. */
export function gradeResult(
  about: Pick<GradeResult, 'target' | 'withStretch' | 'startedAt' | 'seconds'>,
  topics: GradedTopic[],
  problems: string[],
  items: AuditItem[],
): GradeResult {
  const passed = sum(topics.map((topic) => topic.passed));
  return {
    ...about,
    topics,
    problems,
    passed,
    failed: sum(topics.map(({ checks }) => checks.length)) - passed,
    points: sum(topics.map(({ points }) => points)),
    earned: sum(topics.map(({ earned }) => earned)),
    items,
  };
}

const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0);
