import { HostileText } from '../text/hostile-text.tsx';
import { ScrollRegion } from '../text/scroll-region.tsx';
import type { ValueDifference } from './compare-exchanges.ts';
import styles from './differences.module.css';

interface DifferenceTableProps {
  caption: string;
  left: string;
  right: string;
  rows: ValueDifference[];
}

const MOST_ROWS = 40;

/** Values side by side; what is missing on one side is said in a word. */
export function DifferenceTable({ caption, left, right, rows }: DifferenceTableProps) {
  return (
    <ScrollRegion label={caption}>
      <table className={styles.table}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">What differs</th>
            <th scope="col">{left}</th>
            <th scope="col">{right}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row) => (
            <tr key={row.name}>
              <th scope="row">
                <HostileText text={row.name} cut={80} />
              </th>
              {[row.left, row.right].map((value, i) => (
                <td key={i === 0 ? 'left' : 'right'}>
                  {value === undefined ? (
                    <span className={styles.note}>absent</span>
                  ) : (
                    <HostileText text={value} fold={160} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
