import type { ComponentProps } from 'react';
import type { MDXComponents } from 'mdx/types';
import { topicHref } from '../place.ts';
import { LessonCode } from './lesson-code.tsx';
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

interface LessonLinkProps extends ComponentProps<'a'> {
  slug: string;
}

/** `#/…` is a route, `#heading` a place in this lesson, and everything else leaves the workbook. */
function LessonLink({ slug, href = '', children, ...rest }: LessonLinkProps) {
  if (href.startsWith('#/')) return <a href={href}>{children}</a>;
  if (href.startsWith('#')) {
    return (
      <a {...rest} href={topicHref(slug, decodeURIComponent(href.slice(1)))}>
        {children}
      </a>
    );
  }
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
