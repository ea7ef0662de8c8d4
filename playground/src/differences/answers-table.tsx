import { useMemo } from 'react';
import { targetTitles } from '../console/targets.ts';
import type { Outcomes } from '../lab-client/shot.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { ScrollRegion } from '../text/scroll-region.tsx';
import { alignAnswers } from './align-answers.ts';
import styles from './differences.module.css';

const MOST_ROWS = 20;

/** What each target answered to the request that decided: only what differs, side by side. */
export function AnswersTable({ outcomes }: { outcomes: Outcomes }) {
  const aligned = useMemo(() => alignAnswers(outcomes), [outcomes]);
  if (!aligned) return null;
  const { targets, rows, bodies, sameBody, baselineAlone } = aligned;
  return (
    <div className={styles.aligned}>
      <ScrollRegion label="Answers side by side">
        <table className={styles.table}>
          <caption className={styles.caption}>
            To the request that decided, only what differs
          </caption>
          <thead>
            <tr>
              <th scope="col">What differs</th>
              {targets.map((name) => (
                <th key={name} scope="col">
                  {targetTitles[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map(({ name, values }) => (
              <tr key={name}>
                <th scope="row">
                  <HostileText text={name} cut={60} />
                </th>
                {targets.map((target) => (
                  <td key={target}>
                    {values[target] === undefined ? (
                      <span className={styles.note}>none</span>
                    ) : (
                      <HostileText text={values[target]} fold={120} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
            {!sameBody && (
              <tr>
                <th scope="row">Body</th>
                {targets.map((target) => (
                  <td key={target} className={styles.body}>
                    <HostileText text={bodies[target] || '(empty)'} as="block" fold={300} />
                  </td>
                ))}
              </tr>
            )}
          </tbody>
        </table>
      </ScrollRegion>
      {baselineAlone.length > 0 && (
        <p className={styles.note}>
          The baseline alone differs in {baselineAlone.length}{' '}
          {baselineAlone.length === 1 ? 'header' : 'headers'}:{' '}
          <HostileText text={baselineAlone.join(', ')} cut={300} />.
        </p>
      )}
    </div>
  );
}
