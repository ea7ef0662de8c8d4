import { structuredPatch } from 'diff';
import { useMemo } from 'react';
import hidden from '../text/hidden.module.css';
import { HostileStretches } from '../text/hostile-stretches.tsx';
import { ScrollRegion } from '../text/scroll-region.tsx';
import styles from './differences.module.css';

/** More than this is read in an editor of one's own. */
const MOST_LINES = 400;
const MOST_CHANGES = 1_000;
const LONGEST_LINE = 500;

const kinds = {
  '-': { className: styles.removed, sign: '−' },
  '+': { className: styles.added, sign: '+' },
  ' ': { className: styles.same, sign: ' ' },
};

/** A text, and where it stands, such as `In the file`. */
interface NamedText {
  where: string;
  text: string;
}

interface DifferencesProps {
  before: NamedText;
  after: NamedText;
}

/** What stands in the one text only, and in the other only, with some lines around. */
export function Differences({ before, after }: DifferencesProps) {
  const lines = useMemo(() => linesOf(before.text, after.text), [before.text, after.text]);
  const places = { '-': `${before.where}: `, '+': `${after.where}: `, ' ': '' };
  if (!lines) return <p>The two have too little in common to be compared line by line.</p>;
  return (
    <ScrollRegion label="Differences" className={styles.region}>
      <ol className={styles.lines}>
        {lines.slice(0, MOST_LINES).map(({ kind, text }, index) => (
          // Lines never move, so their place identifies them.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className={kinds[kind].className}>
            <span aria-hidden="true" className={styles.sign}>
              {kinds[kind].sign}
            </span>
            <span className={hidden.hidden}>{places[kind]}</span>
            <HostileStretches text={text.slice(0, LONGEST_LINE)} as="inline" />
          </li>
        ))}
      </ol>
      {lines.length > MOST_LINES && <p>{lines.length - MOST_LINES} more lines are not shown.</p>}
    </ScrollRegion>
  );
}

interface Line {
  kind: keyof typeof kinds;
  text: string;
}

function linesOf(before: string, after: string): Line[] | undefined {
  const options = { context: 2, maxEditLength: MOST_CHANGES };
  const patch = structuredPatch('', '', before, after, '', '', options);
  return patch?.hunks.flatMap(({ lines, newStart }, index) => [
    ...(index === 0 ? [] : [{ kind: ' ' as const, text: `… from line ${newStart} on:` }]),
    ...lines.flatMap((line) => {
      const kind = line.charAt(0);
      // A backslash begins a remark about the end of the file.
      return kind in kinds ? [{ kind: kind as Line['kind'], text: line.slice(1) }] : [];
    }),
  ]);
}
