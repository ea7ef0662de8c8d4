import type { ComponentProps } from 'react';
import { HeadingLink } from './heading-link.tsx';

interface LessonLinkProps extends ComponentProps<'a'> {
  slug: string;
}

/** `#/…` is a route, `#heading` a place in this lesson, and everything else leaves the workbook. */
export function LessonLink({ slug, href = '', children, ...rest }: LessonLinkProps) {
  if (href.startsWith('#/')) return <a href={href}>{children}</a>;
  if (href.startsWith('#')) {
    return (
      <HeadingLink {...rest} slug={slug} to={decodeURIComponent(href.slice(1))}>
        {children}
      </HeadingLink>
    );
  }
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
