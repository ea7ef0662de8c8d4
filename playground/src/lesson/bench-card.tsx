import { Suspense } from 'react';
import { HeadingLevelAbove } from '../text/heading-level.ts';
import styles from './bench-card.module.css';
import { inlineBenches } from './inline-benches.ts';
import { WhenNear } from './when-near.tsx';

interface BenchCardProps {
  href: string;
  title: string;
  about: string;
}

/** Leads from a lesson to a bench, and shows a small part of it if there is one to show. */
export function BenchCard({ href, title, about }: BenchCardProps) {
  const Inline = inlineBenches[href];
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
              <Inline.Bench />
            </HeadingLevelAbove>
          </Suspense>
        </WhenNear>
      )}
    </aside>
  );
}
