import { useState } from 'react';
import { HostileText } from '../text/hostile-text.tsx';
import styles from './exchange-list.module.css';
import { ExchangeRow } from './exchange-row.tsx';
import type { NumberedExchange } from './group-exchanges.ts';
import { revisionOf } from './revision-of.ts';

interface ExchangeGroupRowProps {
  members: NumberedExchange[];
  showRoles: boolean;
  open: ReadonlySet<number>;
  onToggle: (number: number) => void;
  pointed: { number: number } | undefined;
  onUnpoint: () => void;
}

const ROWS_AT_ONCE = 25;

/** A row of like exchanges as one line, which unfolds into a page of them at a time. */
export function ExchangeGroupRow(props: ExchangeGroupRowProps) {
  const { members, showRoles, open, onToggle, pointed, onUnpoint } = props;
  const [rows, setRows] = useState(0);
  const shown = Math.max(rows, members.findIndex(({ number }) => number === pointed?.number) + 1);
  const [first] = members;
  const last = members.at(-1);
  if (!first || !last) return null;

  const { role, request } = first.exchange;
  const revision = revisionOf(request);
  const left = members.length - shown;
  return (
    <li className={role === 'attack' ? styles.attack : styles.control}>
      <button
        type="button"
        className={styles.summary}
        aria-expanded={shown > 0}
        onClick={() => {
          setRows(shown > 0 ? 0 : ROWS_AT_ONCE);
          onUnpoint();
        }}
      >
        <span className={styles.number}>
          {first.number}–{last.number}
        </span>
        <span>
          {members.length} × <HostileText text={`${request.method} ${request.path}`} cut={120} /> →{' '}
          <HostileText text={first.answer} cut={80} />
        </span>
        {revision !== undefined && (
          <span className={styles.role}>
            MCP <HostileText text={revision} cut={24} />
          </span>
        )}
        {showRoles && <span className={styles.role}>{role}</span>}
      </button>
      {shown > 0 && (
        <ol className={styles.list}>
          {members.slice(0, shown).map((member) => (
            <ExchangeRow
              key={member.number}
              member={member}
              showRole={false}
              open={open.has(member.number)}
              onToggle={onToggle}
              pointed={pointed}
            />
          ))}
        </ol>
      )}
      {shown > 0 && left > 0 && (
        <button type="button" onClick={() => setRows(shown + ROWS_AT_ONCE)}>
          Show {Math.min(ROWS_AT_ONCE, left)} more of {members.length}
        </button>
      )}
    </li>
  );
}
