import type { ComponentProps } from 'react';
import type { MDXComponents } from 'mdx/types';
import { LessonCode } from './lesson-code.tsx';
import { LessonLink } from './lesson-link.tsx';
import { LessonTable } from './lesson-table.tsx';

/** How the elements of a lesson's Markdown are rendered. */
export function lessonElements(slug: string): MDXComponents {
  return {
    a: (props: ComponentProps<'a'>) => <LessonLink slug={slug} {...props} />,
    pre: LessonCode,
    table: LessonTable,
    th: ({ children, style }: ComponentProps<'th'>) => (
      <th scope="col" style={style}>
        {children}
      </th>
    ),
    // The page's own h1 is the title of the topic.
    h1: 'h2',
  };
}
