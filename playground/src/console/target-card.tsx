import type { ReactNode } from 'react';
import type { Verdict } from '../../../lab/protocol.ts';
import type { TargetName } from '../../lab-api.ts';
import { Heading } from '../text/heading.tsx';
import { Icon, type IconName } from '../text/icon.tsx';
import styles from './target-card.module.css';
import { targetNotes, targetTitles } from './targets.ts';

interface TargetCardProps {
  target: TargetName;
  /** Names the section. */
  label: string;
  /** Absent until the target has answered. Without a tone it is neither good nor bad. */
  judgement: { word: string; icon: IconName; tone?: Verdict } | undefined;
  /** What the target is doing now; absent when it is done. */
  waitingFor: string | undefined;
  note?: ReactNode;
  children: ReactNode;
}

/** What one target answered, under its name and a word that sums it up. */
export function TargetCard(props: TargetCardProps) {
  const { target, label, judgement, waitingFor, note, children } = props;
  const tone = judgement?.tone;
  return (
    <section
      className={tone ? `${styles.card} ${styles[tone]}` : styles.card}
      aria-label={label}
      aria-busy={waitingFor !== undefined}
    >
      <header className={styles.head}>
        <Heading depth={2} className={styles.title}>
          {targetTitles[target]} <span className={styles.note}>{targetNotes[target]}</span>
        </Heading>
        <p className={styles.verdict}>
          {judgement ? (
            <>
              <Icon name={judgement.icon} /> {judgement.word}
            </>
          ) : waitingFor === undefined ? (
            'No answer'
          ) : (
            <>
              <Icon name="waiting" /> {waitingFor}
            </>
          )}
        </p>
        <p className={styles.note}>{note}</p>
      </header>
      {children}
    </section>
  );
}
