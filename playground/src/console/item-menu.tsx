import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { usePageAction } from '../actions/use-page-action.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { Heading } from '../text/heading.tsx';
import { Icon } from '../text/icon.tsx';
import { VerdictMark } from '../text/verdict-mark.tsx';
import type { ConsoleItem } from './console-item.ts';
import styles from './item-menu.module.css';
import { markOf } from './mark-of.ts';

const ItemPicker = lazy(async () => ({ default: (await import('./item-picker.tsx')).ItemPicker }));

interface ItemMenuProps {
  slug: string;
  items: ConsoleItem[];
  item: ConsoleItem;
  onPick: (id: string) => void;
}

/** Title and id of what is shown; unfolded, the list of all there is. */
export function ItemMenu({ slug, items, item, onPick }: ItemMenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  /** Arrow keys click the radios as well; only a pointer's click is the end of picking. */
  const byPointer = useRef(false);
  const { progress } = useLab();
  const at = items.indexOf(item);
  const move = (by: number): void => {
    const next = items[(at + by + items.length) % items.length];
    if (next) onPick(next.id);
  };
  usePageAction('previousAttack', () => move(-1));
  usePageAction('nextAttack', () => move(1));

  useEffect(() => {
    if (!open) return undefined;
    const closeOutside = (event: Event): void => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [open]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  return (
    <div ref={menu} className={styles.menu}>
      <Heading depth={1} className={styles.title}>
        <button
          ref={button}
          type="button"
          className={styles.shown}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <span className={styles.name}>
            <VerdictMark verdict={markOf(item, progress[slug])} /> {item.title}{' '}
            <code>{item.id}</code>
          </span>{' '}
          <span className={styles.position}>
            {at + 1} of {items.length}
          </span>
          <Icon name="unfold" />
        </button>
      </Heading>
      <button type="button" className={styles.step} title="Previous" onClick={() => move(-1)}>
        <Icon name="previous" />
        <span className={styles.word}>Previous attack</span>
      </button>
      <button type="button" className={styles.step} title="Next" onClick={() => move(1)}>
        <Icon name="next" />
        <span className={styles.word}>Next attack</span>
      </button>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events */}
      <div
        id={id}
        className={styles.list}
        hidden={!open}
        onPointerDown={() => (byPointer.current = true)}
        onClick={({ target }) => {
          if (byPointer.current && target instanceof HTMLInputElement) close();
        }}
        onKeyDown={(event) => {
          byPointer.current = false;
          if (event.key !== 'Escape' && event.key !== 'Enter') return;
          event.preventDefault();
          close();
        }}
      >
        <Suspense>
          {open && <ItemPicker slug={slug} items={items} picked={item.id} onPick={onPick} />}
        </Suspense>
      </div>
    </div>
  );
}
