import { HostileText } from '../text/hostile-text.tsx';
import hidden from '../text/hidden.module.css';
import type { DiffPart } from './diff-text.ts';
import styles from './differences.module.css';

interface DiffPartsProps {
  left: string;
  right: string;
  parts: DiffPart[];
}

const marks = { same: ' ', left: '−', right: '+' } as const;
const MOST_LINES = 200;

/** Line by line, with a mark before each that only one of the two has. */
export function DiffLines({ left, right, parts }: DiffPartsProps) {
  const owners = { same: '', left: `only ${left}: `, right: `only ${right}: ` };
  const rows = parts.flatMap((part): DiffPart[] =>
    part.kind === 'skipped'
      ? [part]
      : part.text
          .split('\n')
          .slice(0, -1)
          .map((text) => ({ kind: part.kind, text })),
  );
  return (
    <ul className={styles.lines} dir="ltr">
      {rows.slice(0, MOST_LINES).map((row, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines never move
        <li key={i} className={styles[row.kind]}>
          {row.kind === 'skipped' ? (
            `… ${row.amount} …`
          ) : (
            <>
              <span aria-hidden="true" className={styles.mark}>
                {marks[row.kind]}
              </span>
              <span>
                <span className={hidden.hidden}>{owners[row.kind]}</span>
                <HostileText text={row.text} fold={400} />
              </span>
            </>
          )}
        </li>
      ))}
      {rows.length > MOST_LINES && (
        <li className={styles.skipped}>… and {rows.length - MOST_LINES} more lines</li>
      )}
    </ul>
  );
}
