import { useEffect, useEffectEvent, useState } from 'react';
import { MOST_OPERATIONS, type Operation, type Owner } from '../../../studies/envelope/shared.ts';
import type { TargetName } from '../../lab-api.ts';
import { byTarget, targetNames, targetOptions } from '../console/targets.ts';
import { VerdictStrip } from '../console/verdict-strip.tsx';
import { answeredIn, SETTLE_MS, useStudy } from '../lab-client/use-study.ts';
import { HeadingLevelAbove } from '../text/heading-level.ts';
import { OneOf } from '../text/one-of.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import { StudyControls } from './study-controls.tsx';
import { judgeEnvelope } from './envelope-judgement.ts';
import { EnvelopeOnTarget } from './envelope-on-target.tsx';
import styles from './envelope-view.module.css';
import { toggleFlip } from './operations.ts';
import { RecordBytes } from './record-bytes.tsx';
import { sampleTexts } from './sample-texts.ts';
import { SameIvDemo } from './same-iv-demo.tsx';

/** Two credentials, what is done to their records, and what the three vaults make of it. */
export function EnvelopeView() {
  const [texts, setTexts] = useState(sampleTexts);
  const [operations, setOperations] = useState<Operation[]>([]);
  const [shown, setShown] = useState<TargetName>('reference');
  const { run, study } = useStudy('/lab/envelope', (slug) => slug === '07-credentials');
  const sealing = run.state === 'running';
  const outcome = run.outcomes[shown];
  const records = outcome?.type === 'study' ? outcome.study.records : [];

  const begin = useEffectEvent(() => study({ texts, operations, targets: [...targetNames] }, 0));
  useEffect(() => begin(), []);

  function changeTexts(next: Record<Owner, string>): void {
    setTexts(next);
    study({ texts: next, operations, targets: [...targetNames] }, SETTLE_MS);
  }

  function changeOperations(next: Operation[]): void {
    if (next.length > MOST_OPERATIONS) return;
    setOperations(next);
    study({ texts, operations: next, targets: [...targetNames] });
  }

  return (
    <HeadingLevelAbove value={1}>
      <StudyControls
        texts={texts}
        operations={operations}
        onTexts={changeTexts}
        onOperations={changeOperations}
      />
      <StatusRegion className={styles.status}>
        {run.state !== 'idle' && (
          <VerdictStrip
            targets={targetNames}
            judgements={byTarget(answeredIn(run), judgeEnvelope)}
            waitingFor={sealing ? 'opening' : undefined}
            failure={run.state === 'failed' ? run.message : undefined}
          />
        )}
      </StatusRegion>
      <section className={styles.section} aria-labelledby="opened">
        <h2 id="opened">What opening them gives now</h2>
        <div className={styles.targets}>
          <div className={styles.columns}>
            {targetNames.map((name) => (
              <EnvelopeOnTarget
                key={name}
                target={name}
                outcome={run.outcomes[name]}
                sealing={sealing && run.awaited.includes(name)}
              />
            ))}
          </div>
        </div>
      </section>
      <section className={styles.section} aria-labelledby="stored">
        <h2 id="stored">What is stored</h2>
        <OneOf
          legend="Records sealed by"
          legendIs="beside"
          options={targetOptions}
          value={shown}
          onValue={setShown}
        />
        <p className={styles.note}>
          A click on a byte flips its lowest bit, on all three targets; another click flips it back.
          Every change seals afresh, so the bytes are new each time, and what you did is done again
          at the same places.
        </p>
        <ul className={styles.key}>
          <li className={styles.changed}>Not as it was sealed</li>
          <li className={styles.shared}>The same bytes in both records</li>
        </ul>
        <div className={styles.records}>
          {records.map((record) => (
            <RecordBytes
              key={record.owner}
              record={record}
              other={records.find(({ owner }) => owner !== record.owner)}
              operations={operations}
              onFlip={(flip) => changeOperations(toggleFlip(operations, flip))}
            />
          ))}
        </div>
      </section>
      <SameIvDemo texts={texts} />
    </HeadingLevelAbove>
  );
}
