import { Heading } from '../text/heading.tsx';
import { HostileText } from '../text/hostile-text.tsx';
import { BodyDifference } from './body-difference.tsx';
import type { ReportDifferences } from './compare-reports.ts';
import { DifferenceTable } from './difference-table.tsx';
import styles from './differences.module.css';

interface DifferenceDetailsProps {
  /** Names of the targets. */
  left: string;
  right: string;
  found: ReportDifferences;
}

export function DifferenceDetails({ left, right, found }: DifferenceDetailsProps) {
  const { counts, exchanges, furtherDiffering, equal, unpaired } = found;
  const rest = [
    ...(furtherDiffering > 0 ? [`${furtherDiffering} more that differ as well`] : []),
    ...(equal > 0 ? [`${equal} that are equal`] : []),
    ...(unpaired.left > 0 ? [`${unpaired.left} only ${left} was sent`] : []),
    ...(unpaired.right > 0 ? [`${unpaired.right} only ${right} was sent`] : []),
  ];
  return (
    <div className={styles.details}>
      {counts.length > 0 && (
        <DifferenceTable
          caption="Lines of what was executed"
          left={left}
          right={right}
          rows={counts.map((count) => ({
            name: count.label,
            left: `${count.left}`,
            right: `${count.right}`,
          }))}
        />
      )}
      {exchanges.map(({ label, values, body }, i) => (
        // What was compared never changes, so the place identifies it.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={i} className={styles.exchange}>
          <Heading depth={3} className={styles.label}>
            Answer to <HostileText text={label} cut={120} />
          </Heading>
          {values.length > 0 && (
            <DifferenceTable caption="Status and headers" left={left} right={right} rows={values} />
          )}
          <BodyDifference left={left} right={right} body={body} />
        </div>
      ))}
      <p className={styles.note}>
        {rest.length > 0 && `Other exchanges: ${rest.join(', ')}. `}
        Compared without what every run has of its own: dates, lengths, ports, ids, tokens.
      </p>
    </div>
  );
}
