import { Icon } from '../text/icon.tsx';
import { Prose } from '../text/prose.tsx';
import styles from './quiz.module.css';

interface AnswerExplainedProps {
  right: boolean;
  text: string;
}

/** Whether an answer was right, and why. */
export function AnswerExplained({ right, text }: AnswerExplainedProps) {
  return (
    <p className={right ? styles.right : styles.wrong}>
      <strong className={styles.mark}>
        <Icon name={right ? 'works' : 'fails'} /> {right ? 'Right.' : 'Not quite.'}
      </strong>{' '}
      <Prose text={text} />
    </p>
  );
}
