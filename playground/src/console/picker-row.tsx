import type { Verdict } from '../../../grader/attacks/attack.ts';
import { Icon } from '../text/icon.tsx';
import hidden from '../text/hidden.module.css';
import type { ConsoleItem } from './console-item.ts';
import styles from './item-picker.module.css';

interface PickerRowProps {
  item: ConsoleItem;
  /** Latest verdict against the learner's server. */
  verdict: Verdict | undefined;
  picked: boolean;
  onPick: (id: string) => void;
}

export function PickerRow({ item, verdict, picked, onPick }: PickerRowProps) {
  return (
    <label className={styles.row}>
      <input
        type="radio"
        name="item"
        value={item.id}
        className={hidden.hidden}
        checked={picked}
        onChange={() => onPick(item.id)}
      />
      <span className={verdict ? styles[verdict] : styles.untried}>
        <Icon name={verdict ?? 'notStarted'} />
        {verdict && <span className={hidden.hidden}>Yours: {verdict}. </span>}
      </span>
      <span>{item.title}</span>
      {item.kind === 'attack' && <span className={styles.level}>{item.level}</span>}
    </label>
  );
}
