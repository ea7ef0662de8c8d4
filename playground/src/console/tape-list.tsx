import { useState } from 'react';
import type { Exchange } from '../../../lab/protocol.ts';
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';
import { Heading } from '../text/heading.tsx';
import { groupTape } from './group-tape.ts';
import { TapeGroupRows } from './tape-group-rows.tsx';
import styles from './tape-list.module.css';

interface TapeListProps {
  tape: TapeEntry[];
  exchanges: Exchange[];
  /** Whether ordinary use is shown folded, because there is an attack to look at. */
  foldControls: boolean;
  /** Asks to see the exchange of an entry. */
  onPoint: (number: number) => void;
}

/** Requests put on the page at once; there may be hundreds. */
const GROUPS_AT_ONCE = 12;
/** In a flood the first requests show what the others do as well. */
const LAST_UNFOLDED = 4;

/** What the server really did: the evidence behind the verdict. */
export function TapeList({ tape, exchanges, foldControls, onPoint }: TapeListProps) {
  const [length, setLength] = useState(GROUPS_AT_ONCE);
  const groups = groupTape(tape, exchanges);
  const left = groups.length - length;
  return (
    <div>
      <Heading depth={3} className={styles.title}>
        Tape: what the server executed <span className={styles.count}>{tape.length}</span>
      </Heading>
      {tape.length === 0 && <p className={styles.count}>Nothing the lab could see.</p>}
      <ol className={styles.tape}>
        {groups.slice(0, length).map((group, i) => (
          <TapeGroupRows
            // The tape of a report never changes, so the place identifies the group.
            // oxlint-disable-next-line react/no-array-index-key
            key={i}
            group={group}
            startFolded={(foldControls && group.role === 'control') || i > LAST_UNFOLDED}
            onPoint={onPoint}
          />
        ))}
      </ol>
      {left > 0 && (
        <button type="button" onClick={() => setLength(length + 2 * GROUPS_AT_ONCE)}>
          Show more ({left} {left === 1 ? 'request' : 'requests'} left)
        </button>
      )}
    </div>
  );
}
