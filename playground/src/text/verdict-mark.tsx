import type { Verdict } from '../../../lab/protocol.ts';
import hidden from './hidden.module.css';
import { Icon } from './icon.tsx';
import styles from './verdict-mark.module.css';

interface VerdictMarkProps {
  /** Latest verdict against the learner's server; `works`, of ordinary use that the checks found to work. */
  verdict: Verdict | 'works' | undefined;
}

/** Stands before the title of an attack in a list. */
export function VerdictMark({ verdict }: VerdictMarkProps) {
  return (
    <span className={verdict ? styles[verdict] : styles.untried}>
      <Icon name={verdict ?? 'notStarted'} />
      {verdict && <span className={hidden.hidden}>Yours: {verdict}. </span>}
    </span>
  );
}
