import { useEffect, useRef } from 'react';
import { Prose } from '../text/prose.tsx';
import { HeadingLink } from './heading-link.tsx';
import { keepInView } from './keep-in-view.ts';
import styles from './lesson-contents.module.css';
import { outlineOf } from './outlines.ts';
import { useCurrentHeading } from './use-current-heading.ts';

interface LessonContentsProps {
  slug: string;
}

/** The headings of the lesson that is open, the current one marked. */
export function LessonContents({ slug }: LessonContentsProps) {
  const sections = outlineOf(slug)?.sections ?? [];
  const current = useCurrentHeading(sections.map(({ id }) => id));
  const list = useRef<HTMLOListElement>(null);

  useEffect(() => {
    const items = list.current?.children;
    const pane = list.current?.closest('nav') ?? null;
    // At first as many as there is room for.
    if (current === undefined) keepInView(pane, items?.item(items.length - 1) ?? null);
    const marked = list.current?.querySelector('[aria-current]') ?? items?.item(0) ?? null;
    keepInView(pane, marked);
  }, [current]);

  return (
    <ol ref={list} className={styles.list} aria-label="In this lesson">
      {sections.map(({ id, title, depth }) => (
        <li key={id} className={depth > 2 ? styles.deeper : undefined}>
          <HeadingLink
            slug={slug}
            to={id}
            className={styles.link}
            aria-current={id === current ? 'location' : undefined}
          >
            <Prose text={title} />
          </HeadingLink>
        </li>
      ))}
    </ol>
  );
}
