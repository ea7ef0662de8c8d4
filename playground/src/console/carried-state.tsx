import { HostileText } from '../text/hostile-text.tsx';
import styles from './exchange-view.module.css';
import { stateIn, takeApart, type StatePart } from './take-apart.ts';

interface CarriedStateProps {
  /** Of a call or of its answer. */
  body: string;
}

/** The `requestState` of a message, as far as anybody without the key can take it apart. */
export function CarriedState({ body }: CarriedStateProps) {
  const state = stateIn(body);
  if (state === undefined || state === '') return null;
  return (
    <details>
      <summary>The state, taken apart without its key</summary>
      <ol className={styles.message}>
        {takeApart(state).map((part, index) => (
          // A state has the parts it has; they do not move.
          <li key={index}>
            <HostileText text={part.text} fold={120} />
            <p className={styles.id}>{describe(part)}</p>
            {part.says !== undefined && <HostileText text={part.says} as="block" fold={600} />}
          </li>
        ))}
      </ol>
    </details>
  );
}

function describe({ text, bytes, says }: StatePart): string {
  if (text === '') return 'An empty part.';
  if (bytes === undefined) return 'As it stands.';
  return says === undefined
    ? `${bytes} bytes that say nothing without the key.`
    : `${bytes} bytes, which anybody can read:`;
}
