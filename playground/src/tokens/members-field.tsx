import { useId } from 'react';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './members-field.module.css';

interface MembersFieldProps {
  label: string;
  /** JSON of an object. */
  text: string;
  problem: string | undefined;
  onText: (text: string) => void;
}

/** Members of a part that are set or removed. */
export function MembersField({ label, text, problem, onText }: MembersFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <textarea
        id={id}
        className={styles.text}
        rows={Math.min(Math.max(text.split('\n').length, 5), 14)}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        dir="ltr"
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onChange={(event) => onText(event.target.value)}
      />
      <StatusRegion id={`${id}-problem`} className={styles.problem}>
        {problem}
      </StatusRegion>
    </div>
  );
}
