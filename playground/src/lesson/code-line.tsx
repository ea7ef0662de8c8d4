import hidden from '../text/hidden.module.css';
import styles from './pick-question.module.css';

interface CodeLineProps {
  number: number;
  code: string;
}

/** A line of code with its number. */
export function CodeLine({ number, code }: CodeLineProps) {
  return (
    <span className={styles.line}>
      <span className={styles.number}>
        <span className={hidden.hidden}>Line </span>
        {number}
      </span>
      <code>{code}</code>
    </span>
  );
}
