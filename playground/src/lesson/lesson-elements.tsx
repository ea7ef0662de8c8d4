import type { ComponentProps, ReactNode } from 'react';
import type { MDXComponents } from 'mdx/types';
import { GlossTerm } from '../glossary/gloss-term.tsx';
import { FastTrackEnd } from './fast-track-end.tsx';
import { LessonCode } from './lesson-code.tsx';
import { LessonHeading } from './lesson-heading.tsx';
import { LessonLink } from './lesson-link.tsx';
import { LessonParagraph } from './lesson-paragraph.tsx';
import { LessonTable } from './lesson-table.tsx';

/** How the elements of a lesson's Markdown are rendered. */
export function lessonElements(slug: string): MDXComponents {
  return {
    a: (props: ComponentProps<'a'>) => <LessonLink slug={slug} {...props} />,
    p: LessonParagraph,
    h2: (props: ComponentProps<'h2'>) => <LessonHeading slug={slug} as="h2" {...props} />,
    h3: (props: ComponentProps<'h3'>) => <LessonHeading slug={slug} as="h3" {...props} />,
    h4: (props: ComponentProps<'h4'>) => <LessonHeading slug={slug} as="h4" {...props} />,
    'fast-track-end': (props: { 'data-section'?: string }) => (
      <FastTrackEnd slug={slug} {...props} />
    ),
    'gloss-term': (props: { 'data-says'?: string; children?: ReactNode }) => (
      <GlossTerm says={props['data-says']}>{props.children}</GlossTerm>
    ),
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
