import type { ReactNode } from 'react';
import { Prose } from '../text/prose.tsx';
import styles from './pick-question.module.css';

interface PickOptionProps {
  /** Of the radio buttons that belong together. */
  name: string;
  checked: boolean;
  onPick: () => void;
  children: ReactNode;
}

export function PickOption({ name, checked, onPick, children }: PickOptionProps) {
  return (
    <label className={styles.option}>
      <input type="radio" name={name} checked={checked} onChange={onPick} />
      {typeof children === 'string' ? (
        <span>
          <Prose text={children} />
        </span>
      ) : (
        children
      )}
    </label>
  );
}
