import styles from './hostile-text.module.css';
import { splitInvisible } from '../../../shared/visible-text.ts';

interface HostileStretchesProps {
  text: string;
  as: 'inline' | 'block';
}

/** The text itself, with escapes set apart from what was really sent. */
export function HostileStretches({ text, as }: HostileStretchesProps) {
  const stretches = splitInvisible(text).map((stretch, i) =>
    stretch.escaped ? (
      // Stretches never move, so their place identifies them.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={i} className={styles.escaped}>
        {stretch.text}
      </span>
    ) : (
      stretch.text
    ),
  );
  if (as === 'block') {
    return (
      <pre className={styles.block} dir="ltr">
        {stretches}
      </pre>
    );
  }
  return (
    <bdi className={styles.inline} dir="ltr">
      {stretches}
    </bdi>
  );
}
