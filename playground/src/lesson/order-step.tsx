import { useLayoutEffect, useRef } from 'react';
import { Prose } from '../text/prose.tsx';
import styles from './order-question.module.css';

interface OrderStepProps {
  text: string;
  /** Why it stands here; once it is known that it does, it can no longer be moved. */
  why: string | undefined;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
}

export function OrderStep({ text, why, isFirst, isLast, onMove }: OrderStepProps) {
  /** The button that was pressed: the browser takes the focus away from what is moved. */
  const pressed = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    pressed.current?.focus();
    pressed.current = null;
  });

  const name = text.replaceAll('`', '');
  const button = (word: 'Up' | 'Down', by: -1 | 1, isOff: boolean) => (
    <button
      type="button"
      aria-label={`${word}: ${name}`}
      // Not `disabled`, with which it would lose the focus.
      aria-disabled={isOff}
      onClick={(event) => {
        if (isOff) return;
        pressed.current = event.currentTarget;
        onMove(by);
      }}
    >
      {word}
    </button>
  );

  return (
    <li>
      <div className={styles.content}>
        <span className={styles.text}>
          <Prose text={text} />
        </span>
        {why === undefined ? (
          <span className={styles.moves}>
            {button('Up', -1, isFirst)}
            {button('Down', 1, isLast)}
          </span>
        ) : (
          <span className={styles.why}>
            <Prose text={why} />
          </span>
        )}
      </div>
    </li>
  );
}
