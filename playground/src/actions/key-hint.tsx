import styles from './key-hint.module.css';
import { KeyNames } from './key-names.tsx';
import type { KeyCombination } from './page-actions.ts';

interface KeyHintProps {
  keys: KeyCombination;
}

/** Beside a button: the keys that do the same. */
export function KeyHint({ keys }: KeyHintProps) {
  return (
    <span className={styles.hint}>
      or <KeyNames keys={keys} />
    </span>
  );
}
