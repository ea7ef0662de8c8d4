/** What the head of a lesson says, and the check that it says it. */
import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { parse } from 'yaml';
import { z } from 'zod';

const quizQuestion = z.strictObject({
  question: z.string(),
  choices: z
    .array(z.strictObject({ text: z.string(), right: z.boolean(), why: z.string() }))
    .min(2)
    .refine((choices) => choices.some(({ right }) => right), 'no choice is right'),
});

const frontMatter = z.strictObject({
  title: z.string(),
  summary: z.string(),
  /** Ids of the headings whose sections belong to the short path through the course. */
  fastTrack: z.array(z.string()).default([]),
  quiz: z.array(quizQuestion).default([]),
});

export type QuizQuestion = z.infer<typeof quizQuestion>;
/** As written: `fastTrack` and `quiz` may be left out. */
export type FrontMatter = z.input<typeof frontMatter>;

/** A malformed head stops the build and names what is wrong. */
export function readFrontMatter(tree: Root, lesson: VFile): z.output<typeof frontMatter> {
  const head = tree.children.find((node) => node.type === 'yaml');
  if (!head) lesson.fail(`${lesson.path}: no front matter (title, summary, fastTrack, quiz)`);
  const result = frontMatter.safeParse(parse(head.value));
  if (!result.success) {
    lesson.fail(`${lesson.path}: front matter: ${z.prettifyError(result.error)}`, head);
  }
  return result.data;
}
