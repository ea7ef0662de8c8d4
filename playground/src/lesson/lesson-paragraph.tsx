import { isValidElement, type ComponentProps } from 'react';
import { benchAt } from '../layout/areas.ts';
import { BenchCard } from './bench-card.tsx';

/** A paragraph that is nothing but a link to a bench becomes the card of that bench. */
export function LessonParagraph({ children, ...rest }: ComponentProps<'p'>) {
  const bench = isValidElement<{ href?: string }>(children) && benchAt(children.props.href);
  return bench ? <BenchCard {...bench} /> : <p {...rest}>{children}</p>;
}
