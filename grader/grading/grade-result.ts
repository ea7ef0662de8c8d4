/** What grading finds: plain JSON, the same for the terminal, files and reports. */
import { z } from 'zod';
import type { CheckOutcome } from '../checks/check-outcome.ts';
import { checkKinds, type Check } from '../checks/checks-of-topic.ts';
import type { Topic } from '../../catalogue/curriculum.ts';
import { explanationSchema } from '../explanation.ts';
import { wholeServerItemSchema, type WholeServerItem } from '../whole-server.ts';
import { mistakesBehind, type KnownMistake } from './known-mistakes.ts';

export const gradedCheckSchema = z.object({
  /** Unique in its topic. */
  id: z.string(),
  kind: z.enum(checkKinds),
  title: z.string(),
  /** `never-ran`: the run ended before it; counts as failed. */
  state: z.enum(['passed', 'failed', 'never-ran']),
  /** What it is worth, and what was earned of that. */
  points: z.number(),
  earned: z.number(),
  /** Of a failed check, everything that was seen. */
  explanation: explanationSchema.optional(),
  /** Known mistakes with the same symptom. */
  mistakes: z.array(z.string()).optional(),
});

export const gradedTopicSchema = z.object({
  slug: z.string(),
  title: z.string(),
  checks: z.array(gradedCheckSchema),
  passed: z.number(),
  points: z.number(),
  earned: z.number(),
});

/** Members may be added under the same number; what is removed or means something else raises it. */
const SCHEMA = 1;

export const gradeResultSchema = z.object({
  schema: z.literal(SCHEMA),
  target: z.enum(['student', 'reference']),
  withStretch: z.boolean(),
  /** ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  seconds: z.number(),
  versions: z.object({ workbook: z.string(), node: z.string() }),
  /** SHA-256 of the graded files and of those that decide, as they were when grading began. */
  fingerprints: z.object({ exercises: z.string(), grader: z.string() }),
  topics: z.array(gradedTopicSchema),
  /** What went wrong outside of any check. */
  problems: z.array(z.string()),
  /** Of all checks. */
  passed: z.number(),
  failed: z.number(),
  points: z.number(),
  earned: z.number(),
  /** The checklist of the whole server, if a capstone was graded. */
  items: z.array(wholeServerItemSchema),
});

export type GradedCheck = z.infer<typeof gradedCheckSchema>;
export type GradedTopic = z.infer<typeof gradedTopicSchema>;
export type GradeResult = z.infer<typeof gradeResultSchema>;

/** A file that holds no result. */
export class ResultProblem extends Error {
  override readonly name = 'ResultProblem';
}

/** @param text as `npm run grade -- --json` writes it */
export function readGradeResult(text: string): GradeResult {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ResultProblem(
      'That is not JSON. npm run grade -- --json FILE writes what is wanted.',
    );
  }
  const read = gradeResultSchema.safeParse(json);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw new ResultProblem(
    `That is no result that this workbook can read: ${first?.path.join('.')}: ${first?.message}.`,
  );
}

/** What is known of a run besides its checks. */
export type AboutRun = Pick<
  GradeResult,
  'target' | 'withStretch' | 'startedAt' | 'seconds' | 'versions' | 'fingerprints'
>;

/** Every check passed, and nothing else went wrong. */
export const allPassed = ({ failed, problems }: GradeResult): boolean =>
  failed === 0 && problems.length === 0;

/** A check that has not run yet. */
export type PlannedCheck = Pick<GradedCheck, 'id' | 'kind' | 'title' | 'points'>;

export const plannedCheck = ({ id, kind, title, points }: Check): PlannedCheck => ({
  id,
  kind,
  title,
  points,
});

/** One check by itself; only all of a topic together tell whether it is a known mistake. */
export function gradedCheck(check: Check, outcome: CheckOutcome | undefined): GradedCheck {
  const planned = plannedCheck(check);
  if (!outcome) return { ...planned, state: 'never-ran', earned: 0 };
  if (outcome.passed) return { ...planned, state: 'passed', earned: planned.points };
  return { ...planned, state: 'failed', earned: 0, explanation: outcome.explanation };
}

/**
 * @param outcomes by id of the check; one that is missing never ran
 * @param known how mistakes fail; none are named of a topic that fails for what is open in others
 */
export function gradedTopic(
  { slug, title }: Topic,
  checks: Check[],
  outcomes: ReadonlyMap<string, CheckOutcome>,
  known?: readonly KnownMistake[],
): GradedTopic {
  const mistakes = mistakesBehind(slug, outcomes, known);
  const graded = checks.map((check): GradedCheck => {
    const known = mistakes.get(check.id);
    return { ...gradedCheck(check, outcomes.get(check.id)), ...(known && { mistakes: known }) };
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
  about: AboutRun,
  topics: GradedTopic[],
  problems: string[],
  items: WholeServerItem[],
): GradeResult {
  return { schema: SCHEMA, ...about, topics, problems, ...totalsOf(topics), items };
}

export function totalsOf(
  topics: GradedTopic[],
): Pick<GradeResult, 'passed' | 'failed' | 'points' | 'earned'> {
  const passed = sum(topics.map((topic) => topic.passed));
  return {
    passed,
    failed: sum(topics.map(({ checks }) => checks.length)) - passed,
    points: sum(topics.map(({ points }) => points)),
    earned: sum(topics.map(({ earned }) => earned)),
  };
}

const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0);
