import type { TargetName } from '../../lab-api.ts';
import styles from './target-choice.module.css';
import { targetNames, targetNotes, targetTitles } from './targets.ts';

interface TargetChoiceProps {
  targets: readonly TargetName[];
  onTargets: (targets: readonly TargetName[]) => void;
}

export function TargetChoice({ targets, onTargets }: TargetChoiceProps) {
  const choices = [
    { key: 'all', title: 'All three', note: 'side by side', names: targetNames },
    ...targetNames.map((name) => ({
      key: name,
      title: targetTitles[name],
      note: targetNotes[name],
      names: [name],
    })),
  ];
  return (
    <fieldset className={styles.targets}>
      <legend className={styles.legend}>Target</legend>
      {choices.map(({ key, title, note, names }) => (
        <label key={key} className={styles.choice}>
          <input
            type="radio"
            name="targets"
            checked={names.join() === targets.join()}
            onChange={() => onTargets(names)}
          />
          <span>
            {title} <span className={styles.note}>{note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
