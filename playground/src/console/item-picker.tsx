import { useLab } from '../lab/lab-context.ts';
import type { ConsoleItem } from './console-item.ts';
import styles from './item-picker.module.css';
import { PickerRow } from './picker-row.tsx';

interface ItemPickerProps {
  /** Says how high it may grow. */
  className: string | undefined;
  slug: string;
  items: ConsoleItem[];
  picked: string;
  onPick: (id: string) => void;
}

export function ItemPicker({ className, slug, items, picked, onPick }: ItemPickerProps) {
  const { progress } = useLab();
  const verdicts = progress[slug]?.verdicts;
  const groups = [
    { legend: 'Attacks', members: items.filter(({ kind }) => kind === 'attack') },
    {
      legend: 'Ordinary use, which must keep working',
      members: items.filter(({ kind }) => kind === 'use'),
    },
  ].filter(({ members }) => members.length > 0);

  return (
    <div className={`${styles.picker} ${className}`}>
      {groups.map(({ legend, members }) => (
        <fieldset key={legend}>
          <legend className={styles.legend}>{legend}</legend>
          {members.map((item) => (
            <PickerRow
              key={item.id}
              item={item}
              verdict={verdicts?.[item.id]}
              picked={item.id === picked}
              onPick={onPick}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}
