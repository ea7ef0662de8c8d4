import { useState } from 'react';
import type { Exchange } from '../../../lab/protocol.ts';
import { Heading } from '../text/heading.tsx';
import { ExchangeGroupRow } from './exchange-group-row.tsx';
import styles from './exchange-list.module.css';
import { ExchangeRow } from './exchange-row.tsx';
import { groupExchanges } from './group-exchanges.ts';

interface ExchangeListProps {
  exchanges: Exchange[];
  /** In an ordinary use there is no attack to tell from controls. */
  showRoles: boolean;
  /** Numbers of the exchanges that are unfolded. */
  open: ReadonlySet<number>;
  onToggle: (number: number) => void;
  pointed: { number: number } | undefined;
  onUnpoint: () => void;
}

/** Rows put on the page at once; there may be hundreds. */
const ROWS_AT_ONCE = 25;

export function ExchangeList(props: ExchangeListProps) {
  const { exchanges, showRoles, open, onToggle, pointed, onUnpoint } = props;
  const [rows, setRows] = useState(ROWS_AT_ONCE);
  if (exchanges.length === 0) return null;

  const groups = groupExchanges(exchanges);
  const pointedRow = groups.findIndex(({ members }) =>
    members.some(({ number }) => number === pointed?.number),
  );
  const shown = Math.max(rows, pointedRow + 1);
  return (
    <div>
      <Heading depth={3} className={styles.title}>
        HTTP exchanges <span className={styles.count}>{exchanges.length}</span>
      </Heading>
      <ol className={styles.list}>
        {groups.slice(0, shown).map(({ members }) => {
          const [first, second] = members;
          if (!first) return null;
          if (second) {
            return (
              <ExchangeGroupRow
                key={first.number}
                members={members}
                showRoles={showRoles}
                open={open}
                onToggle={onToggle}
                pointed={pointed}
                onUnpoint={onUnpoint}
              />
            );
          }
          return (
            <ExchangeRow
              key={first.number}
              member={first}
              showRole={showRoles}
              open={open.has(first.number)}
              onToggle={onToggle}
              pointed={pointed}
            />
          );
        })}
      </ol>
      {groups.length > shown && (
        <button type="button" onClick={() => setRows(shown + ROWS_AT_ONCE)}>
          Show more exchanges
        </button>
      )}
    </div>
  );
}
