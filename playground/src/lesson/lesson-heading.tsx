import type { ComponentProps } from 'react';
import { HeadingLink } from './heading-link.tsx';
import styles from './lesson-heading.module.css';
import { outlineOf } from './outlines.ts';

interface LessonHeadingProps extends ComponentProps<'h2'> {
  slug: string;
  as: 'h2' | 'h3' | 'h4';
}

/** A heading with a link to itself, and a mark if it belongs to the fast track. */
export function LessonHeading({ slug, as: Tag, id = '', children }: LessonHeadingProps) {
  const section = outlineOf(slug)?.sections.find((known) => known.id === id);
  return (
    <div className={styles.line}>
      <Tag id={id} tabIndex={-1}>
        {children}
      </Tag>
      {section?.fastTrackMinutes !== undefined && <span className={styles.mark}>Fast track</span>}
      <HeadingLink
        slug={slug}
        to={id}
        className={styles.link}
        aria-label={`Link to “${section?.title.replaceAll('`', '') ?? id}”`}
      >
        #
      </HeadingLink>
    </div>
  );
}
