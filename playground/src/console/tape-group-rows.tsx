import { useState } from 'react';
import { HostileText } from '../text/hostile-text.tsx';
import { describeTapeEntry } from './describe-tape-entry.ts';
import type { TapeGroup } from './group-tape.ts';
import styles from './tape-list.module.css';

interface TapeGroupRowsProps {
  group: TapeGroup;
  startFolded: boolean;
  onPoint: (number: number) => void;
}

const ENTRIES_AT_ONCE = 30;

/** What happened under one request: a line per entry, or one line for all of it while folded. */
export function TapeGroupRows({ group, startFolded, onPoint }: TapeGroupRowsProps) {
  const { number, role, entries } = group;
  const [shown, setShown] = useState(startFolded ? 0 : ENTRIES_AT_ONCE);
  const left = entries.length - shown;
  return (
    <li className={role === 'attack' ? styles.attack : styles.group}>
      {number === undefined ? (
        <span className={styles.number}>–</span>
      ) : (
        <button
          type="button"
          className={styles.number}
          aria-label={`Exchange ${number}, ${role}: show it`}
          onClick={() => onPoint(number)}
        >
          {number}
        </button>
      )}
      <ul className={styles.entries}>
        {entries.slice(0, shown).map((entry, i) => {
          const { label, detail } = describeTapeEntry(entry);
          return (
            // oxlint-disable-next-line react/no-array-index-key -- the tape never changes
            <li key={i}>
              <span className={styles.label}>{label}</span>{' '}
              <code>
                <HostileText text={detail} fold={300} />
              </code>
            </li>
          );
        })}
        {left > 0 && (
          <li>
            <button
              type="button"
              className={styles.more}
              onClick={() => setShown(shown + ENTRIES_AT_ONCE)}
            >
              {shown === 0
                ? `${role ?? 'other'}: ${left === 1 ? '1 entry' : `${left} entries`}`
                : `Show more (${left} left)`}
            </button>
          </li>
        )}
      </ul>
    </li>
  );
}
