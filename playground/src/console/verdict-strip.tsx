import { Icon } from '../text/icon.tsx';
import type { Run } from '../lab/use-lab-firing.ts';
import { judge } from './judgement.ts';
import { targetNames, targetTitles } from './targets.ts';
import styles from './verdict-strip.module.css';

interface VerdictStripProps {
  run: Exclude<Run, { state: 'idle' }>;
}

/** The verdicts of all targets in one line, for the status region. */
export function VerdictStrip({ run }: VerdictStripProps) {
  const fired = targetNames.filter((name) => run.shot.request.targets.includes(name));
  return (
    <>
      <ul className={styles.strip}>
        {fired.map((name) => {
          const outcome = run.outcomes[name];
          const judgement = outcome && judge(outcome);
          return (
            <li key={name} className={judgement ? styles[judgement.tone] : styles.waiting}>
              <span className={styles.target}>{targetTitles[name]}:</span>{' '}
              {judgement ? (
                <span className={styles.word}>
                  <Icon name={judgement.icon} /> {judgement.word}
                </span>
              ) : (
                <span>
                  {run.state === 'running' ? (
                    <>
                      <Icon name="waiting" /> running
                    </>
                  ) : (
                    'no answer'
                  )}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {run.state === 'failed' && <p className={styles.failure}>{run.message}</p>}
    </>
  );
}
