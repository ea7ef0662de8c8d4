import type { TargetName } from '../../lab-api.ts';
import type { Outcome } from '../lab/use-lab-firing.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import { Heading } from '../text/heading.tsx';
import { judge } from './judgement.ts';
import { TargetEvidence } from './target-evidence.tsx';
import styles from './target-result.module.css';
import { targetNotes, targetTitles } from './targets.ts';

interface TargetResultProps {
  target: TargetName;
  outcome: Outcome | undefined;
  /** What the same shot gave before the learner's file was saved. */
  earlier: Outcome | undefined;
  running: boolean;
}

export function TargetResult({ target, outcome, earlier, running }: TargetResultProps) {
  const judgement = outcome && judge(outcome);
  return (
    <section
      className={judgement ? `${styles.result} ${styles[judgement.tone]}` : styles.result}
      aria-label={`Result against ${targetTitles[target]}`}
      aria-busy={running && !outcome}
    >
      <header className={styles.head}>
        <Heading depth={2} className={styles.title}>
          {targetTitles[target]} <span className={styles.note}>{targetNotes[target]}</span>
        </Heading>
        <p className={styles.verdict}>
          {judgement ? (
            <>
              <Icon name={judgement.icon} /> {judgement.word}
            </>
          ) : running ? (
            <>
              <Icon name="waiting" /> Running
            </>
          ) : (
            'No answer'
          )}
        </p>
        <p className={styles.note}>
          {outcome && outcome.type !== 'broken' && <>{describeTime(outcome.milliseconds)}. </>}
          {earlier && (
            <>
              Before you saved: <strong>{judge(earlier).word.toLowerCase()}</strong>.
            </>
          )}
        </p>
      </header>
      {outcome?.type === 'broken' && <HostileText text={outcome.message} as="block" fold={2000} />}
      {(outcome?.type === 'report' || outcome?.type === 'use-report') && (
        // A new report starts with everything folded as if seen for the first time.
        <TargetEvidence key={outcome.milliseconds} report={outcome.report} />
      )}
    </section>
  );
}

function describeTime(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
