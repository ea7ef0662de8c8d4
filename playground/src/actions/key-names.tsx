import type { KeyCombination } from './page-actions.ts';
import styles from './key-names.module.css';

const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

interface KeyNamesProps {
  keys: KeyCombination;
}

/** A combination of keys, as they are called on this machine. */
export function KeyNames({ keys: { mod, key } }: KeyNamesProps) {
  return (
    <span className={styles.keys}>
      {mod && (
        <>
          <kbd>{onMac ? '⌘' : 'Ctrl'}</kbd> +{' '}
        </>
      )}
      <kbd>{key.length === 1 ? key.toUpperCase() : key}</kbd>
    </span>
  );
}
