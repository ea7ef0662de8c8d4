/** A question of a quiz as it stands in the head of a lesson. */
import { z } from 'zod';

/** Plain text in which `backticks` mark code. */
const text = z.string().trim().min(1);
const about = {
  /** Never renamed: progress is kept under it. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case words with hyphens'),
  question: text,
};

/** Pick the one right choice. */
const choose = z.strictObject({
  ...about,
  kind: z.literal('choose'),
  choices: z
    .array(z.strictObject({ text, right: z.boolean(), why: text }))
    .min(2)
    .refine(
      (choices) => choices.filter(({ right }) => right).length === 1,
      'exactly one choice must be right',
    )
    .refine((choices) => areDifferent(choices.map(({ text }) => text)), 'two choices are the same'),
});

/** Bring steps into their order. They are written in the right one, and shown in another. */
const order = z.strictObject({
  ...about,
  kind: z.literal('order'),
  steps: z
    .array(
      z.strictObject({
        text,
        /** Why it stands where it stands. */
        why: text,
      }),
    )
    .min(3)
    .refine((steps) => areDifferent(steps.map(({ text }) => text)), 'two steps are the same'),
});

/** Pick the line of a piece of code that has the hole. */
const hole = z.strictObject({
  ...about,
  kind: z.literal('hole'),
  lines: z
    .array(
      z.strictObject({
        code: z.string(),
        hole: z.literal(true).optional(),
        /** Why it is the hole, or is none. A line without, such as a bracket, cannot be picked. */
        why: text.optional(),
      }),
    )
    .refine((lines) => lines.filter(isPickable).length >= 3, 'at least 3 lines must have a why')
    .refine(
      (lines) => lines.filter(({ hole }) => hole).length === 1,
      'exactly one line must be the hole',
    )
    .refine(
      (lines) => lines.every((line) => !line.hole || isPickable(line)),
      'the hole must have a why',
    ),
});

const writtenQuestion = z.discriminatedUnion('kind', [choose, order, hole]);
export type WrittenQuestion = z.infer<typeof writtenQuestion>;

export const writtenQuiz = z
  .array(writtenQuestion)
  .refine((quiz) => areDifferent(quiz.map(({ id }) => id)), 'two questions have the same id');

const isPickable = ({ why }: { why?: string | undefined }): boolean => why !== undefined;

const areDifferent = (texts: string[]): boolean => new Set(texts).size === texts.length;
