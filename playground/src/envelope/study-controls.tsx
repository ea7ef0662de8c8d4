import {
  LONGEST_TEXT,
  MOST_OPERATIONS,
  type Operation,
  type Owner,
} from '../../../studies/envelope/shared.ts';
import styles from './study-controls.module.css';
import { cuts, describeOperation, names, rotations, swaps, whyItMatters } from './operations.ts';

interface StudyControlsProps {
  texts: Record<Owner, string>;
  operations: readonly Operation[];
  onTexts: (texts: Record<Owner, string>) => void;
  onOperations: (operations: Operation[]) => void;
}

const groups = [
  { title: 'Move things about', buttons: swaps },
  { title: 'Cut tags', buttons: cuts },
  { title: 'Rotate the key', buttons: rotations },
];

/** What is sealed, and what is done to it. */
export function StudyControls({ texts, operations, onTexts, onOperations }: StudyControlsProps) {
  const last = operations.at(-1);
  const full = operations.length >= MOST_OPERATIONS;
  return (
    <div className={styles.controls}>
      <div className={styles.texts}>
        {(['alice', 'bob'] as const).map((owner) => (
          <label key={owner} className={styles.text}>
            {names[owner]}’s credential
            <input
              type="text"
              value={texts[owner]}
              maxLength={LONGEST_TEXT}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => onTexts({ ...texts, [owner]: event.currentTarget.value })}
            />
          </label>
        ))}
        <button type="button" onClick={() => onTexts({ ...texts, bob: texts.alice })}>
          Give Bob the same text
        </button>
      </div>
      <div className={styles.groups}>
        {groups.map(({ title, buttons }) => (
          <fieldset key={title} className={styles.group}>
            <legend className={styles.legend}>{title}</legend>
            {buttons.map(({ label, operation }) => (
              <button
                key={label}
                type="button"
                aria-disabled={full}
                onClick={() => !full && onOperations([...operations, operation])}
              >
                {label}
              </button>
            ))}
          </fieldset>
        ))}
      </div>
      <div className={styles.done}>
        <h2 className={styles.legend}>Done to the stored records, in this order</h2>
        {operations.length === 0 ? (
          <p className={styles.none}>
            Nothing yet. Choose something above, or flip a bit by a click on any byte below.
          </p>
        ) : (
          <ol className={styles.list}>
            {operations.map((operation, index) => (
              // Two of them may be the same; their order is what tells them apart.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index}>
                {describeOperation(operation)}{' '}
                <button
                  type="button"
                  className={styles.undo}
                  aria-label={`Take back: ${describeOperation(operation)}`}
                  onClick={() => onOperations(operations.filter((_, other) => other !== index))}
                >
                  Take back
                </button>
              </li>
            ))}
          </ol>
        )}
        {last && (
          <p className={styles.why}>
            <strong>Why it matters.</strong> {whyItMatters(last)}
          </p>
        )}
        {operations.length > 0 && (
          <p>
            <button type="button" onClick={() => onOperations([])}>
              Take everything back
            </button>
          </p>
        )}
        {full && (
          <p className={styles.none}>That is as many changes as the study takes at a time.</p>
        )}
      </div>
    </div>
  );
}
