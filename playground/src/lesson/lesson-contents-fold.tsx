import styles from './lesson-contents-fold.module.css';
import { LessonContents } from './lesson-contents.tsx';

interface LessonContentsFoldProps {
  slug: string;
}

/** The headings, folded, on screens that have no room for them beside the lesson. */
export function LessonContentsFold({ slug }: LessonContentsFoldProps) {
  return (
    <details className={styles.fold}>
      <summary className={styles.summary}>In this lesson</summary>
      <LessonContents slug={slug} />
    </details>
  );
}
