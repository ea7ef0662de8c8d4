/** What a tool of the tutor is, and what it works with. */
import type { ToolAnnotations } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { curriculum, type Topic } from '../catalogue/curriculum.ts';
import type { ProgressJournal } from '../grader/progress/progress-journal.ts';
import type { LabPool } from '../lab/pool.ts';
import { TutorError } from './results.ts';

export interface TutorMeans {
  journal: ProgressJournal;
  /** Runs work with targets that have read the learner's files as they are now, one at a time. */
  withLab<T>(work: (pool: LabPool) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Shows an address of the page; false if no page is served there. */
  openPage(place: string): Promise<boolean>;
}

export interface TutorTool<Input extends z.ZodObject = z.ZodObject> {
  name: string;
  title: string;
  description: string;
  annotations: ToolAnnotations;
  input: Input;
  /** Throws `TutorError` for what the caller can mend. */
  run(
    input: z.output<Input>,
    means: TutorMeans,
    signal: AbortSignal,
  ): Promise<Record<string, unknown>>;
}

/** Each tool knows the types of its own arguments; whoever holds a list of tools need not. */
export const defineTool = <Input extends z.ZodObject>(tool: TutorTool<Input>): TutorTool => tool;

export const LOOKS_ONLY = { readOnlyHint: true, openWorldHint: false } as const;
export const KEEPS_PROGRESS = {
  readOnlyHint: false,
  destructiveHint: false,
  openWorldHint: false,
} as const;

const LONGEST_ID = 80;

/** A topic by its number or its slug, exactly. */
export const topicInput = z.string().min(1).max(LONGEST_ID).describe('Number or slug: 05');
export const idInput = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/)
  .max(LONGEST_ID);

export function topicOf(word: string): Topic {
  const found = curriculum.find(({ slug }) => slug === word || slug.slice(0, 2) === word);
  if (!found)
    throw new TutorError('NOT_FOUND', 'There is no such topic; list_topics has them all.');
  return found;
}

/** Whether the latest grade of a topic was a pass of everything. */
export function hasPassed({ journal }: TutorMeans, slug: string): boolean {
  const grade = journal.read()[slug]?.grade;
  return grade !== undefined && grade.all > 0 && grade.passed === grade.all;
}
