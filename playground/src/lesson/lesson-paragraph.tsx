import { isValidElement, type ComponentProps } from 'react';
import { studyAt } from '../layout/areas.ts';
import { StudyCard } from './study-card.tsx';

/** A paragraph that is nothing but a link to a study becomes the card of that study. */
export function LessonParagraph({ children, ...rest }: ComponentProps<'p'>) {
  const study = isValidElement<{ href?: string }>(children) && studyAt(children.props.href);
  return study ? <StudyCard {...study} /> : <p {...rest}>{children}</p>;
}
