import type { ComponentProps } from 'react';
import { topicHref } from '../place.ts';
import { goToHeading } from './go-to-heading.ts';

interface HeadingLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  slug: string;
  /** Id of the heading. */
  to: string;
}

/** Leads to a heading of a lesson, also if its address is the one that is open. */
export function HeadingLink({ slug, to, children, ...rest }: HeadingLinkProps) {
  const href = topicHref(slug, to);
  return (
    <a
      {...rest}
      href={href}
      onClick={() => {
        if (location.hash === href) goToHeading(to);
      }}
    >
      {children}
    </a>
  );
}
