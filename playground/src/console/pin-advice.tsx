import styles from './pinned-payloads.module.css';

/** How a check of one's own comes about. */
export function PinAdvice() {
  return (
    <p className={styles.advice}>
      Edit the payload to pin it here. <code>npm run grade</code> then fires it as well.
    </p>
  );
}
