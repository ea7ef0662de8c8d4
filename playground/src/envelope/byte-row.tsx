import { useRef, useState, type KeyboardEvent } from 'react';
import type { MemberBytes } from '../../../studies/envelope/shared.ts';
import styles from './byte-row.module.css';
import { bytesOf, sharedBytes } from './envelope-judgement.ts';

interface ByteRowProps {
  member: MemberBytes;
  /** The same member of the other record. */
  other: MemberBytes | undefined;
  /** Whose record, for screen readers. */
  of: string;
  flipped: ReadonlySet<number>;
  onFlip: (index: number) => void;
}

/** More are counted, not shown. */
const MOST_SHOWN = 96;

/** The bytes of one member. One tab stop; arrow keys go from byte to byte. */
export function ByteRow({ member, other, of, flipped, onFlip }: ByteRowProps) {
  const [at, setAt] = useState(0);
  const row = useRef<HTMLDivElement>(null);
  const all = bytesOf(member.now);
  const bytes = all.slice(0, MOST_SHOWN);
  const before = bytesOf(member.sealed);
  const shared = sharedBytes(bytes, bytesOf(other?.now));
  const current = Math.min(at, bytes.length - 1);
  const cut = before.length - all.length;

  function onKey(event: KeyboardEvent): void {
    const last = bytes.length - 1;
    const next = {
      ArrowRight: Math.min(last, current + 1),
      ArrowLeft: Math.max(0, current - 1),
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    row.current?.querySelectorAll('button')[next]?.focus();
  }

  return (
    <div className={styles.member}>
      <p className={styles.name}>
        <code>{member.name}</code> {member.now === undefined ? 'not there' : `${all.length} bytes`}
        {cut > 0 && <strong className={styles.cut}>{cut} cut off</strong>}
      </p>
      {bytes.length > 0 && (
        // The buttons inside take the focus, one of them at a time.
        // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
        <div
          ref={row}
          role="toolbar"
          aria-label={`Bytes of ${member.name}, ${of}`}
          className={styles.bytes}
          onKeyDown={onKey}
        >
          {bytes.map((byte, index) => {
            const changed = byte !== before[index];
            const marks = [changed && styles.changed, shared[index] && styles.shared];
            return (
              <button
                // Bytes never move.
                // oxlint-disable-next-line react/no-array-index-key
                key={index}
                type="button"
                className={[styles.byte, ...marks.filter(Boolean)].join(' ')}
                tabIndex={index === current ? 0 : -1}
                aria-pressed={flipped.has(index)}
                aria-label={`Byte ${index + 1}, ${byte}${changed ? ', changed' : ''}${shared[index] ? ', the same in both records' : ''}`}
                onClick={() => {
                  setAt(index);
                  onFlip(index);
                }}
              >
                {byte}
              </button>
            );
          })}
        </div>
      )}
      {all.length > bytes.length && <p>And {all.length - bytes.length} more.</p>}
    </div>
  );
}
