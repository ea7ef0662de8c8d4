import type { TopicProgress } from '../../lab-api.ts';
import hidden from '../text/hidden.module.css';
import { VerdictMark } from '../text/verdict-mark.tsx';
import type { ConsoleItem } from './console-item.ts';
import styles from './item-picker.module.css';
import { markOf } from './mark-of.ts';

interface PickerRowProps {
  item: ConsoleItem;
  progress: TopicProgress | undefined;
  picked: boolean;
  onPick: (id: string) => void;
}

export function PickerRow({ item, progress, picked, onPick }: PickerRowProps) {
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
      <VerdictMark verdict={markOf(item, progress)} />
      <span>
        {item.title} <code className={styles.id}>{item.id}</code>
      </span>
      {item.kind === 'attack' && <span className={styles.level}>{item.level}</span>}
    </label>
  );
}
