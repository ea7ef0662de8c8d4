import { useEffect, useRef } from 'react';
import { useLab } from '../lab-client/lab-context.ts';
import type { ConsoleItem } from './console-item.ts';
import styles from './item-picker.module.css';
import { PickerRow } from './picker-row.tsx';

interface ItemPickerProps {
  slug: string;
  items: ConsoleItem[];
  picked: string;
  onPick: (id: string) => void;
}

export function ItemPicker({ slug, items, picked, onPick }: ItemPickerProps) {
  const { progress } = useLab();
  const groups = [
    { legend: 'Attacks', members: items.filter(({ kind }) => kind === 'attack') },
    {
      legend: 'Ordinary use, which must keep working',
      members: items.filter(({ kind }) => kind === 'use'),
    },
  ].filter(({ members }) => members.length > 0);

  const picker = useRef<HTMLDivElement>(null);

  useEffect(() => {
    // By hand, because scrollIntoView would move the page as well.
    const box = picker.current;
    const radio = box?.querySelector(`[value='${CSS.escape(picked)}']`);
    const row = radio?.closest('label');
    if (!box || !row) return;
    const above = row.getBoundingClientRect().top - box.getBoundingClientRect().top;
    const below = above + row.offsetHeight - box.clientHeight;
    if (above < 0) box.scrollTop += above;
    else if (below > 0) box.scrollTop += below + row.offsetHeight;
  }, [picked]);

  return (
    <div ref={picker} className={styles.picker}>
      {groups.map(({ legend, members }) => (
        <fieldset key={legend}>
          <legend className={styles.legend}>{legend}</legend>
          {members.map((item) => (
            <PickerRow
              key={item.id}
              item={item}
              progress={progress[slug]}
              picked={item.id === picked}
              onPick={onPick}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}
