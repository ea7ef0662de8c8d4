import { useRef, useState } from 'react';
import { forgetShots, useFiredShots } from '../lab-client/shot-history.ts';
import type { Shot } from '../lab-client/shot.ts';
import { Heading } from '../text/heading.tsx';
import { FiredShotRow } from './fired-shot-row.tsx';
import styles from './fired-shots.module.css';

interface FiredShotsProps {
  /** Of the topic whose console this is. */
  slug: string;
  running: boolean;
  onFireAgain: (shot: Shot) => void;
  /** A shot's attack is opened, with what was fired. */
  onOpen: (shot: Shot) => void;
}

const ROWS_AT_ONCE = 8;

/** What was fired in this tab, in any topic, newest first. */
export function FiredShots({ slug, running, onFireAgain, onOpen }: FiredShotsProps) {
  const shots = useFiredShots();
  const [rows, setRows] = useState(ROWS_AT_ONCE);
  const summary = useRef<HTMLElement>(null);

  function forget(): void {
    forgetShots();
    // The button goes away with the shots, and the focus would be lost.
    summary.current?.focus();
  }

  return (
    <section aria-label="Shots fired">
      <details className={styles.history}>
        <summary ref={summary} className={styles.summary}>
          <Heading depth={1} className={styles.title}>
            Shots fired
          </Heading>{' '}
          <span className={styles.note}>{shots.length}</span>
        </summary>
        <p className={styles.note}>
          {shots.length === 0
            ? 'Nothing has been fired in this tab yet.'
            : 'The latest 50 of this tab, with their payloads and verdicts; answers are not kept.'}
        </p>
        <ol className={styles.list}>
          {shots.slice(0, rows).map((fired) => (
            <FiredShotRow
              key={fired.id}
              fired={fired}
              isOfTopic={fired.shot.slug === slug}
              running={running}
              onFireAgain={onFireAgain}
              onOpen={onOpen}
            />
          ))}
        </ol>
        <div className={styles.actions}>
          {shots.length > rows && (
            <button type="button" onClick={() => setRows(rows + 2 * ROWS_AT_ONCE)}>
              Show more ({shots.length - rows} left)
            </button>
          )}
          {shots.length > 0 && (
            <button type="button" onClick={forget}>
              Forget all
            </button>
          )}
        </div>
      </details>
    </section>
  );
}
