import type { TargetName } from '../../lab-api.ts';
import { KeyHint } from '../actions/key-hint.tsx';
import { pageActions } from '../actions/page-actions.ts';
import { Icon } from '../text/icon.tsx';
import type { ConsoleItem } from './console-item.ts';
import styles from './firing-form.module.css';
import { PayloadEditor } from './payload-editor.tsx';
import { RepeatControl } from './repeat-control.tsx';
import { TargetChoice } from './target-choice.tsx';
import type { PayloadDraft } from './use-payload-draft.ts';
import type { RepeatChoice } from './use-repeat.ts';

interface FiringFormProps {
  item: ConsoleItem;
  variant: string;
  onVariant: (name: string) => void;
  draft: PayloadDraft;
  /** Why the payload cannot be sent. */
  problem: string | undefined;
  targets: readonly TargetName[];
  onTargets: (targets: readonly TargetName[]) => void;
  repeat: RepeatChoice;
  running: boolean;
  onFire: () => void;
  onStop: () => void;
}

export function FiringForm(props: FiringFormProps) {
  const { item, variant, onVariant, draft, problem, targets, onTargets, repeat, running } = props;
  const verb = item.kind === 'attack' ? 'Fire' : 'Try it';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        props.onFire();
      }}
    >
      {item.kind === 'attack' && (
        <>
          <label className={styles.variant}>
            Variant
            <select value={variant} onChange={(event) => onVariant(event.target.value)}>
              {Object.keys(item.variants).map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <PayloadEditor draft={draft} problem={problem} />
        </>
      )}
      <TargetChoice targets={targets} onTargets={onTargets} />
      <RepeatControl choice={repeat} mayBeAtOnce={item.kind === 'attack'} />
      <div className={styles.actions}>
        <button
          type="submit"
          className={styles.fire}
          aria-disabled={running || (problem ?? repeat.problem) !== undefined}
        >
          {running ? (
            <>
              <Icon name="waiting" /> Running…
            </>
          ) : (
            verb
          )}
        </button>
        {running && (
          <button type="button" onClick={props.onStop}>
            Stop
          </button>
        )}
        <KeyHint keys={pageActions.fire.keys} />
      </div>
    </form>
  );
}
