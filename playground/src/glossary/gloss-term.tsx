import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import styles from './gloss-term.module.css';

interface GlossTermProps {
  /** What the word means. */
  says: string | undefined;
  children: ReactNode;
}

/**
 * A word that says what it means: under the pointer, when it has the focus, and when it is touched.
 * Escape puts the explanation away, and leaves the focus where it is (WCAG 2.2, 1.4.13).
 */
export function GlossTerm({ says, children }: GlossTermProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const tip = useRef<HTMLSpanElement>(null);

  // Inside of the window, wherever the word stands in its line.
  useLayoutEffect(() => {
    const box = tip.current;
    if (!open || !box) return;
    const { left, right } = box.getBoundingClientRect();
    const beyond = right - document.documentElement.clientWidth + 8;
    if (beyond > 0) box.style.translate = `${-Math.min(beyond, left - 8)}px 0`;
  }, [open]);

  if (says === undefined) return children;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the button below has the same
    <span
      className={styles.place}
      onMouseEnter={() => setOpen(true)}
      onMouseLeave={() => setOpen(false)}
    >
      <button
        type="button"
        className={styles.term}
        aria-describedby={open ? id : undefined}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
        onKeyDown={({ key }) => key === 'Escape' && setOpen(false)}
      >
        {children}
      </button>
      {open && (
        <span ref={tip} role="tooltip" id={id} className={styles.tip}>
          {says}
        </span>
      )}
    </span>
  );
}
