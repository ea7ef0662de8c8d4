import { useId } from 'react';
import styles from './one-of.module.css';

interface OneOfProps<Value extends string> {
  legend: string;
  /** Where it stands; `unseen` is for screen readers. */
  legendIs: 'above' | 'beside' | 'unseen';
  options: readonly Option<Value>[];
  value: Value;
  onValue: (value: Value) => void;
  /** Side by side in one frame, with the notes for screen readers only. */
  joined?: boolean;
}

interface Option<Value extends string> {
  value: Value;
  title: string;
  /** A few words more. */
  note?: string;
}

/** A row of choices of which one is made. */
export function OneOf<Value extends string>(props: OneOfProps<Value>) {
  const { legend, legendIs, options, value, onValue, joined = false } = props;
  const name = useId();
  return (
    <fieldset className={joined ? styles.joined : styles.row}>
      <legend className={styles[legendIs]}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onValue(option.value)}
          />
          <span>
            {option.title}
            {option.note !== undefined && (
              <>
                {' '}
                <span className={joined ? styles.unseenNote : styles.note}>{option.note}</span>
              </>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
