import { useId, useMemo, useState } from 'react';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import { ScrollRegion } from '../text/scroll-region.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import { filterLines } from './filter-lines.ts';
import styles from './log-lines.module.css';
import { LogTableView } from './log-table-view.tsx';
import { tableOf } from './log-table.ts';

interface LogLinesProps {
  lines: string[];
  /** Numbers of lines that answered a question. */
  telling: ReadonlySet<number>;
}

/** The log: as a table, where its lines are JSON, and as the server wrote it. */
export function LogLines({ lines, telling }: LogLinesProps) {
  const [filter, setFilter] = useState('');
  const [tellingOnly, setTellingOnly] = useState(false);
  const found = useMemo(
    () => filterLines(lines, filter).filter(({ number }) => !tellingOnly || telling.has(number)),
    [lines, filter, tellingOnly, telling],
  );
  const table = useMemo(() => tableOf(lines, found), [lines, found]);
  const [asWritten, setAsWritten] = useState(false);
  const field = useId();
  return (
    <section className={styles.log} aria-labelledby="log">
      <h2 id="log">The log</h2>
      <div className={styles.filter}>
        <label htmlFor={field} className={styles.label}>
          Show lines that hold
        </label>
        <input
          id={field}
          type="search"
          className={styles.field}
          value={filter}
          placeholder="words, in any order"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <StatusRegion className={styles.count}>
          {found.length === lines.length
            ? `${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`
            : `${found.length} of ${lines.length} lines`}
        </StatusRegion>
        {telling.size > 0 && (
          <label className={styles.choice}>
            <input
              type="checkbox"
              checked={tellingOnly}
              onChange={(event) => setTellingOnly(event.currentTarget.checked)}
            />
            Only lines that told something
          </label>
        )}
        {table && (
          <label className={styles.choice}>
            <input
              type="checkbox"
              checked={asWritten}
              onChange={(event) => setAsWritten(event.currentTarget.checked)}
            />
            Lines as they were written
          </label>
        )}
      </div>
      {lines.length === 0 ? (
        <p>The server wrote no line at all.</p>
      ) : (
        <ScrollRegion label="Lines of the log" className={styles.scroll}>
          {table && !asWritten ? (
            <LogTableView table={table} telling={telling} />
          ) : (
            <ol className={styles.lines}>
              {found.map(({ number, text }) => (
                <li
                  key={number}
                  value={number}
                  className={telling.has(number) ? styles.telling : undefined}
                >
                  <span className={styles.number}>
                    {telling.has(number) && <Icon name="works" />} {number}
                  </span>
                  <code>
                    <HostileText text={text} fold={700} />
                  </code>
                </li>
              ))}
            </ol>
          )}
        </ScrollRegion>
      )}
    </section>
  );
}
