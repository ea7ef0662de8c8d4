import { Fragment, useState } from 'react';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import type { LogTable } from './log-table.ts';
import styles from './log-table-view.module.css';

interface LogTableViewProps {
  table: LogTable;
  /** Numbers of lines that answered a question. */
  telling: ReadonlySet<number>;
}

/** What lines say, member by member; the line itself is shown when it is asked for. */
export function LogTableView({ table, telling }: LogTableViewProps) {
  const { columns, rows } = table;
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  function toggle(number: number): void {
    const next = new Set(open);
    if (!next.delete(number)) next.add(number);
    setOpen(next);
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Line</th>
          {columns.map((name) => (
            <th key={name} scope="col">
              <HostileText text={name} cut={40} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ number, text, cells }) => (
          <Fragment key={number}>
            <tr className={telling.has(number) ? styles.telling : undefined}>
              <th scope="row" className={styles.number}>
                <button
                  type="button"
                  aria-expanded={open.has(number) || !cells}
                  aria-label={`Line ${number} as it was written`}
                  onClick={() => toggle(number)}
                >
                  {telling.has(number) && <Icon name="works" />} {number}
                </button>
              </th>
              {cells?.map((cell, i) => (
                <td key={columns[i]}>
                  {cell === undefined ? (
                    <span className={styles.nothing}>–</span>
                  ) : (
                    <HostileText text={cell} cut={80} />
                  )}
                </td>
              ))}
              {!cells && <td colSpan={columns.length}>no JSON</td>}
            </tr>
            {(open.has(number) || !cells) && (
              <tr className={styles.raw}>
                <td colSpan={columns.length + 1}>
                  <code>
                    <HostileText text={text} fold={700} />
                  </code>
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
