import { useState } from 'react';
import type { FlowStep } from '../../../studies/flow/shared.ts';
import type { TargetName } from '../../lab-api.ts';
import { targetOptions } from '../console/targets.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { OneOf } from '../text/one-of.tsx';
import { collectValues } from './collect-values.ts';
import type { FlowOutcomes } from './flow-outcome.ts';
import styles from './values-so-far.module.css';

interface ValuesSoFarProps {
  step: FlowStep;
  outcomes: FlowOutcomes;
}

/** Everything the client holds by now, on one target. */
export function ValuesSoFar({ step, outcomes }: ValuesSoFarProps) {
  const [target, setTarget] = useState<TargetName>('reference');
  const outcome = outcomes[target];
  const values = outcome?.type === 'study' ? collectValues(outcome.study, step.id) : [];
  return (
    <section className={styles.section} aria-labelledby="values-so-far">
      <h3 id="values-so-far">Values so far</h3>
      <OneOf
        legend="Target"
        legendIs="unseen"
        options={targetOptions}
        value={target}
        onValue={setTarget}
      />
      {values.length === 0 ? (
        <p className={styles.none}>Nothing yet.</p>
      ) : (
        <table className={styles.table} aria-labelledby="values-so-far">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">From</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {values.map(({ name, step: number, value }) => (
              <tr key={name}>
                <th scope="row">
                  <HostileText text={name} cut={120} />
                </th>
                <td className={styles.number}>step {number}</td>
                <td>
                  <code>
                    <HostileText key={value} text={value} fold={120} />
                  </code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
