import { Suspense } from 'react';
import { HeadingLevelAbove } from '../text/heading-level.ts';
import styles from './study-card.module.css';
import { inlineStudies } from './inline-studies.ts';
import { WhenNear } from './when-near.tsx';

interface StudyCardProps {
  href: string;
  title: string;
  about: string;
}

/** Leads from a lesson to a study, and shows a small part of it if there is one to show. */
export function StudyCard({ href, title, about }: StudyCardProps) {
  const Inline = inlineStudies[href];
  return (
    <aside className={styles.card} aria-label={`Try it: ${title}`}>
      <p>
        <strong>
          Try it: <a href={href}>{title}</a>.
        </strong>{' '}
        {about}
      </p>
      {Inline && (
        <WhenNear className={styles[Inline.room]}>
          <Suspense>
            <HeadingLevelAbove value={2}>
              <Inline.Study />
            </HeadingLevelAbove>
          </Suspense>
        </WhenNear>
      )}
    </aside>
  );
}
