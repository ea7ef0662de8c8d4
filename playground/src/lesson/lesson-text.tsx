import { useEffect, useMemo } from 'react';
import { goToHeading } from './go-to-heading.ts';
import { lessonElements } from './lesson-elements.tsx';
import type { LessonModule } from './lessons.ts';
import styles from './lesson-text.module.css';

interface LessonTextProps {
  slug: string;
  lesson: LessonModule;
  /** Id of the heading to scroll to. */
  anchor: string | undefined;
}

export function LessonText({ slug, lesson, anchor }: LessonTextProps) {
  const components = useMemo(() => lessonElements(slug), [slug]);
  const Content = lesson.default;

  useEffect(() => {
    if (anchor !== undefined) goToHeading(anchor);
  }, [anchor]);

  return (
    <div className={styles.text}>
      <Content components={components} />
    </div>
  );
}
