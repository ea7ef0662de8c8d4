import hidden from '../text/hidden.module.css';
import styles from './waiting-bar.module.css';

interface WaitingBarProps {
  /** What is awaited, for those who do not see the bar. */
  label: string;
}

/** Below the masthead, for work that has taken more than half a second. Takes up no room. */
export function WaitingBar({ label }: WaitingBarProps) {
  return (
    <div className={styles.bar}>
      <progress className={hidden.hidden} aria-label={label} />
    </div>
  );
}
