import type { GradedCheck } from '../../../grader/grading/grade-result.ts';
import { HostileText } from '../text/hostile-text.tsx';
import styles from './check-explanation.module.css';
import { ExplanationFact } from './explanation-fact.tsx';

interface CheckExplanationProps {
  check: Pick<GradedCheck, 'explanation' | 'mistakes'>;
  /** Of the topic, such as `05`. */
  number: string;
  onFollow: () => void;
}

/** Why a check failed: what the grader says of it in a terminal, with links in place of addresses. */
export function CheckExplanation({ check, number, onFollow }: CheckExplanationProps) {
  const { explanation, mistakes = [] } = check;
  return (
    <div className={styles.explanation}>
      {mistakes.length > 0 && (
        <div className={styles.mistakes}>
          <p className={styles.label}>
            Same symptom as {mistakes.length === 1 ? 'this mistake' : 'these mistakes'}
          </p>
          <ul className={styles.list}>
            {mistakes.map((mistake) => (
              <li key={mistake}>{mistake}</li>
            ))}
          </ul>
        </div>
      )}
      {explanation?.findings.map((finding, i) => (
        // They may repeat, and never move.
        // oxlint-disable-next-line react/no-array-index-key
        <p key={i}>
          <HostileText text={finding} fold={600} />
        </p>
      ))}
      <dl className={styles.facts}>
        {explanation?.facts.map((fact) => (
          <ExplanationFact key={fact.label} fact={fact} onFollow={onFollow} />
        ))}
        <div className={styles.fact}>
          <dt className={styles.label}>In a terminal</dt>
          <dd>
            <code>npm run grade -- {number}</code>
          </dd>
        </div>
      </dl>
    </div>
  );
}
