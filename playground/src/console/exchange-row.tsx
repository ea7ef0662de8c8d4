import { useEffect, useRef } from 'react';
import { HostileText } from '../text/hostile-text.tsx';
import styles from './exchange-list.module.css';
import { ExchangeView } from './exchange-view.tsx';
import type { NumberedExchange } from './group-exchanges.ts';
import { revisionOf } from './revision-of.ts';

interface ExchangeRowProps {
  member: NumberedExchange;
  showRole: boolean;
  open: boolean;
  onToggle: (number: number) => void;
  /** The exchange the tape pointed at: it comes into view. */
  pointed: { number: number } | undefined;
}

export function ExchangeRow({ member, showRole, open, onToggle, pointed }: ExchangeRowProps) {
  const { number, exchange, answer } = member;
  const revision = revisionOf(exchange.request);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (pointed?.number !== number) return;
    button.current?.scrollIntoView({ block: 'center' });
    button.current?.focus({ preventScroll: true });
  }, [pointed, number]);

  return (
    <li className={exchange.role === 'attack' ? styles.attack : styles.control}>
      <button
        ref={button}
        type="button"
        className={styles.summary}
        aria-expanded={open}
        onClick={() => onToggle(number)}
      >
        <span className={styles.number}>{number}</span>
        <span>
          <HostileText text={exchange.label} cut={120} /> → <HostileText text={answer} cut={80} />
        </span>
        {revision !== undefined && (
          <span className={styles.role}>
            MCP <HostileText text={revision} cut={24} />
          </span>
        )}
        {showRole && <span className={styles.role}>{exchange.role}</span>}
      </button>
      {open && <ExchangeView exchange={exchange} />}
    </li>
  );
}
