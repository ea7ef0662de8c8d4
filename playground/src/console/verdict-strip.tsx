import type { TargetName } from '../../lab-api.ts';
import { Icon } from '../text/icon.tsx';
import type { Judgement } from './judgement.ts';
import { targetTitles } from './targets.ts';
import styles from './verdict-strip.module.css';

interface VerdictStripProps {
  targets: readonly TargetName[];
  judgements: Partial<Record<TargetName, Judgement>>;
  /** What targets without a judgement are doing; absent when nothing more will come. */
  waitingFor: string | undefined;
  /** Why nothing more will come, if something went wrong. */
  failure: string | undefined;
}

/** The verdicts of all targets in one line, for the status region. */
export function VerdictStrip({ targets, judgements, waitingFor, failure }: VerdictStripProps) {
  return (
    <>
      <ul className={styles.strip}>
        {targets.map((name) => {
          const judgement = judgements[name];
          return (
            <li key={name} className={judgement ? styles[judgement.tone] : styles.waiting}>
              <span className={styles.target}>{targetTitles[name]}:</span>{' '}
              {judgement ? (
                <span className={styles.word}>
                  <Icon name={judgement.icon} /> {judgement.word}
                </span>
              ) : waitingFor === undefined ? (
                <span>no answer</span>
              ) : (
                <span>
                  <Icon name="waiting" /> {waitingFor}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {failure !== undefined && <p className={styles.failure}>{failure}</p>}
    </>
  );
}
