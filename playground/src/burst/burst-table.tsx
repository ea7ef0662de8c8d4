import { rowsOf } from './burst-judgement.ts';
import type { BurstReport } from '../../../studies/burst/shared.ts';
import { ScrollRegion } from '../text/scroll-region.tsx';
import styles from './burst-table.module.css';
import { inSeconds } from './minute.ts';

interface BurstTableProps {
  report: BurstReport;
  label: string;
}

/** The picture in numbers: a row for each burst. */
export function BurstTable({ report, label }: BurstTableProps) {
  const rows = rowsOf(report.calls);
  const instances = Array.from({ length: report.instances }, (_, index) => index);
  const areSeveral = report.instances > 1;
  return (
    <details className={styles.details} open={rows.length < 5}>
      <summary className={styles.summary}>Burst by burst</summary>
      <ScrollRegion label={label}>
        <table className={styles.table} aria-label={label}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Sent</th>
              <th scope="col">Ran</th>
              {areSeveral && <th scope="col">Ran at each</th>}
              <th scope="col">Refused</th>
              <th scope="col">Told to wait</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ burst, from, sent, ran, ranAt, refused, neither, waits }) => (
              <tr key={burst}>
                <th scope="row">{inSeconds(from)}</th>
                <td>{sent}</td>
                <td>{ran}</td>
                {areSeveral && <td>{instances.map((one) => ranAt.get(one) ?? 0).join(' + ')}</td>}
                <td>
                  {refused}
                  {neither > 0 && `, and ${neither} failed in another way`}
                </td>
                <td>{waits ? describeWaits(waits) : refused > 0 ? 'no time' : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  );
}

const describeWaits = ([least, most]: [number, number]): string =>
  least === most ? `${least} s` : `${least} to ${most} s`;
