import type { Sabotage } from '../../../studies/flow/shared.ts';
import { Icon } from '../text/icon.tsx';
import styles from './sabotage-form.module.css';

interface SabotageFormProps {
  sabotages: readonly Sabotage[];
  /** Ids of the switches that are on. */
  on: ReadonlySet<string>;
  walking: boolean;
  onClear: () => void;
  onWalk: () => void;
}

/** Walks the flow again, and says what is spoiled in it. Flipping a switch walks by itself. */
export function SabotageForm(props: SabotageFormProps) {
  const { sabotages, on, walking, onClear, onWalk } = props;
  const active = sabotages.filter(({ id }) => on.has(id));

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!walking) onWalk();
      }}
    >
      <div className={styles.actions}>
        <button type="submit" className={styles.walk} aria-disabled={walking}>
          {walking ? (
            <>
              <Icon name="waiting" /> Walking…
            </>
          ) : (
            'Walk the flow'
          )}
        </button>
        <p className={styles.plan}>
          {active.length === 0
            ? 'Honestly, with nothing spoiled'
            : `Spoiled: ${active.map(({ label }) => label).join('; ')}`}
        </p>
        {active.length > 0 && (
          <button type="button" onClick={onClear}>
            Switch all off
          </button>
        )}
      </div>
    </form>
  );
}
