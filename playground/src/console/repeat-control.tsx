import { useId } from 'react';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './repeat-control.module.css';
import type { RepeatChoice, RepeatHow } from './use-repeat.ts';

interface RepeatControlProps {
  choice: RepeatChoice;
  /** Several at one server, at the same time; ordinary use is tried in turn only. */
  mayBeAtOnce: boolean;
}

const notes: Record<RepeatHow, string> = {
  once: '',
  'in-turn': 'each at a fresh server',
  'at-once': 'together, at one server',
};

/** Fires the same shot several times. */
export function RepeatControl({ choice, mayBeAtOnce }: RepeatControlProps) {
  const id = useId();
  const { how, problem } = choice;
  return (
    <div className={styles.repeat}>
      <label htmlFor={id} className={styles.label}>
        Repeat
      </label>
      <select
        id={id}
        value={how}
        onChange={(event) => choice.choose(event.target.value as RepeatHow)}
      >
        <option value="once">once</option>
        <option value="in-turn">one after another</option>
        {mayBeAtOnce && <option value="at-once">all at once</option>}
      </select>
      {how !== 'once' && (
        <>
          <input
            type="number"
            className={styles.times}
            min={2}
            max={choice.most}
            aria-label="Number of shots"
            aria-invalid={problem !== undefined}
            aria-describedby={`${id}-problem`}
            value={choice.times}
            onChange={(event) => choice.type(event.target.value)}
          />
          <span className={styles.note}>times, {notes[how]}</span>
        </>
      )}
      <StatusRegion id={`${id}-problem`} className={styles.problem}>
        {problem}
      </StatusRegion>
    </div>
  );
}
