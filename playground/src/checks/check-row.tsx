import { useState } from 'react';
import type { CheckNow } from '../lab-client/grade-run.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon, type IconName } from '../text/icon.tsx';
import { CheckExplanation } from './check-explanation.tsx';
import styles from './check-list.module.css';

interface CheckRowProps {
  check: CheckNow;
  /** Of the topic, such as `05`. */
  number: string;
  /** A failed one is unfolded to begin with. */
  unfolded: boolean;
  onFollow: () => void;
}

const marks: Record<CheckNow['state'], { icon: IconName; word: string }> = {
  waiting: { icon: 'notStarted', word: 'waiting' },
  running: { icon: 'waiting', word: 'running' },
  passed: { icon: 'works', word: 'passed' },
  failed: { icon: 'fails', word: 'failed' },
  'never-ran': { icon: 'notRun', word: 'not run' },
};

/** One check; a failed one unfolds, and stays unfolded while it is run again. */
export function CheckRow({ check, number, unfolded, onFollow }: CheckRowProps) {
  // Undefined until it was folded or unfolded: the row may be told to unfold after it was drawn.
  const [opened, setOpened] = useState<boolean>();
  const open = opened ?? unfolded;
  const { id, kind, title, state } = check;
  const { icon, word } = marks[state];
  const line = (
    <>
      <span className={styles[state]}>
        <Icon name={icon} /> {word}
      </span>
      <span className={styles.title}>
        {kind === 'pin' ? <HostileText text={`${title} (${id})`} cut={200} /> : title}
        {kind === 'use' && <span className={styles.note}> ordinary use</span>}
      </span>
      <span className={styles.note}>{describePoints(check)}</span>
    </>
  );
  if (check.state !== 'failed') return <div className={styles.line}>{line}</div>;
  return (
    <details open={open} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary className={styles.summary}>{line}</summary>
      {open && <CheckExplanation check={check} number={number} onFollow={onFollow} />}
    </details>
  );
}

function describePoints({ points, state }: CheckNow): string {
  if (points === 0) return 'no points';
  const unit = points === 1 ? 'point' : 'points';
  return state === 'failed' ? `0 of ${points} ${unit}` : `${points} ${unit}`;
}
