import { HostileText } from '../text/hostile-text.tsx';
import hidden from '../text/hidden.module.css';
import type { DiffPart } from './diff-text.ts';
import styles from './differences.module.css';

interface DiffPartsProps {
  left: string;
  right: string;
  parts: DiffPart[];
}

/** Word by word, with brackets around what only one of the two has. */
export function DiffWords({ left, right, parts }: DiffPartsProps) {
  return (
    <p className={styles.words} dir="ltr">
      {parts.map((part, i) => {
        // Parts never move, so the place identifies them.
        const key = `${i} ${part.kind}`;
        if (part.kind === 'skipped') {
          return (
            <span key={key} className={styles.skipped}>
              {' '}
              … {part.amount} …{' '}
            </span>
          );
        }
        if (part.kind === 'same') return <HostileText key={key} text={part.text} fold={400} />;
        const isLeft = part.kind === 'left';
        return (
          <span key={key} className={isLeft ? styles.left : styles.right}>
            <span aria-hidden="true">{isLeft ? '[−' : '[+'}</span>
            <span className={hidden.hidden}>only {isLeft ? left : right}: </span>
            <HostileText text={part.text} fold={400} />
            <span aria-hidden="true">]</span>
          </span>
        );
      })}
    </p>
  );
}
