import { useId } from 'react';
import type { Sabotage } from '../../../studies/flow/shared.ts';
import { Prose } from '../text/prose.tsx';
import styles from './sabotage-form.module.css';

interface SabotageSwitchProps {
  sabotage: Sabotage;
  on: boolean;
  onFlip: () => void;
}

export function SabotageSwitch({ sabotage, on, onFlip }: SabotageSwitchProps) {
  const id = useId();
  return (
    <div className={styles.switch}>
      <label className={styles.label}>
        <input type="checkbox" checked={on} aria-describedby={id} onChange={onFlip} />
        <span>{sabotage.label}</span>
      </label>
      <p id={id} className={styles.story}>
        <Prose text={sabotage.story} />
      </p>
    </div>
  );
}
