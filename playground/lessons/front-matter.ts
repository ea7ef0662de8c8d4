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
  minutes: z.number().positive(),
  quiz: z.array(quizQuestion).default([]),
});

export type QuizQuestion = z.infer<typeof quizQuestion>;
/** As written: `quiz` may be left out. */
export type FrontMatter = z.input<typeof frontMatter>;

/** Remark plugin: a lesson with a malformed head stops the build and names what is wrong. */
export function requireFrontMatter() {
  return (tree: Root, lesson: VFile): void => {
    const head = tree.children.find((node) => node.type === 'yaml');
    if (!head) lesson.fail(`${lesson.path}: no front matter (title, summary, minutes, quiz)`);
    const result = frontMatter.safeParse(parse(head.value));
    if (!result.success) {
      lesson.fail(`${lesson.path}: front matter: ${z.prettifyError(result.error)}`, head);
    }
  };
}
