import { Prose } from '../text/prose.tsx';
import { ReferenceLink } from '../text/reference-link.tsx';
import type { ConsoleItem } from './console-item.ts';
import styles from './secure-answer.module.css';

interface SecureAnswerProps {
  item: ConsoleItem;
  /** Folded until something was fired, so that the reader may think first. */
  open: boolean;
}

export function SecureAnswer({ item, open }: SecureAnswerProps) {
  return (
    <details className={styles.answer} open={open}>
      <summary className={styles.summary}>
        {item.kind === 'attack' ? 'What a secure server answers, and why' : 'Where this is written'}
      </summary>
      {item.kind === 'attack' && (
        <p>
          <Prose text={item.secureAnswer} />
        </p>
      )}
      <ul className={styles.references}>
        {item.references.map((reference) => (
          <li key={reference.url}>
            <ReferenceLink reference={reference} />
          </li>
        ))}
      </ul>
    </details>
  );
}
