import type { ComponentType } from 'react';
import type { MDXComponents } from 'mdx/types';
import type { LessonHead } from '../../../grader/quiz/lesson-head.ts';

export interface LessonModule {
  default: ComponentType<{ components?: MDXComponents }>;
  frontmatter: LessonHead;
}

/** Every lesson is a chunk of its own, loaded when it is opened. */
const loaders = import.meta.glob<LessonModule>('../../../lessons/*.md');

/** `undefined` when this copy has no lesson for the topic. */
export function lessonLoader(slug: string): (() => Promise<LessonModule>) | undefined {
  return loaders[`../../../lessons/${slug}.md`];
}
