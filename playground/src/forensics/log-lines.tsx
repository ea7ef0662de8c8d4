import { useId, useState } from 'react';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import { ScrollRegion } from '../text/scroll-region.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import { filterLines } from './filter-lines.ts';
import styles from './log-lines.module.css';

interface LogLinesProps {
  lines: string[];
  /** Numbers of lines that answered a question. */
  telling: ReadonlySet<number>;
}

/** The log as the server wrote it, and nothing else. */
export function LogLines({ lines, telling }: LogLinesProps) {
  const [filter, setFilter] = useState('');
  const [tellingOnly, setTellingOnly] = useState(false);
  const found = filterLines(lines, filter).filter(
    ({ number }) => !tellingOnly || telling.has(number),
  );
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
      </div>
      {lines.length === 0 ? (
        <p>The server wrote no line at all.</p>
      ) : (
        <ScrollRegion label="Lines of the log" className={styles.scroll}>
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
        </ScrollRegion>
      )}
    </section>
  );
}
