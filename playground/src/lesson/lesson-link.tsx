import type { ComponentProps } from 'react';
import { readPlace } from '../place.ts';
import { AttackLink } from './attack-link.tsx';
import { HeadingLink } from './heading-link.tsx';

interface LessonLinkProps extends ComponentProps<'a'> {
  slug: string;
}

/** `#/…` is a route, `#heading` a place in this lesson, and everything else leaves the workbook. */
export function LessonLink({ slug, href = '', children, ...rest }: LessonLinkProps) {
  if (href.startsWith('#/')) {
    const place = readPlace(href.slice(1));
    if (place.page !== 'attack' && place.page !== 'use') return <a href={href}>{children}</a>;
    const variant = place.page === 'attack' ? place.variant : undefined;
    return (
      <AttackLink href={href} id={place.id} variant={variant}>
        {children}
      </AttackLink>
    );
  }
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
