import type { FlowStep, Sabotage } from '../../../studies/flow/shared.ts';
import { Icon } from '../text/icon.tsx';
import hidden from '../text/hidden.module.css';
import styles from './sabotage-form.module.css';
import { SabotageSwitch } from './sabotage-switch.tsx';

interface SabotageFormProps {
  steps: FlowStep[];
  sabotages: Sabotage[];
  /** Ids of the switches that are on. */
  on: ReadonlySet<string>;
  walking: boolean;
  onFlip: (sabotage: Sabotage) => void;
  onClear: () => void;
  onWalk: () => void;
}

/** The switches, by the step they spoil. Flipping one walks again by itself. */
export function SabotageForm(props: SabotageFormProps) {
  const { steps, sabotages, on, walking, onFlip, onClear, onWalk } = props;
  const active = sabotages.filter(({ id }) => on.has(id));
  const groups = steps
    .map((step, i) => ({
      step,
      number: i + 1,
      members: sabotages.filter((sabotage) => sabotage.step === step.id),
    }))
    .filter(({ members }) => members.length > 0);

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
      </div>
      <details className={styles.switches}>
        <summary className={styles.summary}>
          Spoil a step on purpose{' '}
          <span className={styles.count}>
            {sabotages.length} switches, {active.length === 0 ? 'none' : active.length} on
          </span>
        </summary>
        <fieldset className={styles.groups}>
          <legend className={hidden.hidden}>What to spoil</legend>
          {groups.map(({ step, number, members }) => (
            <fieldset key={step.id} className={styles.group}>
              <legend className={styles.legend}>
                Step {number}, {step.title}
              </legend>
              {members.map((sabotage) => (
                <SabotageSwitch
                  key={sabotage.id}
                  sabotage={sabotage}
                  on={on.has(sabotage.id)}
                  onFlip={() => onFlip(sabotage)}
                />
              ))}
            </fieldset>
          ))}
        </fieldset>
        <button
          type="button"
          aria-disabled={active.length === 0}
          onClick={() => active.length > 0 && onClear()}
        >
          Switch all off
        </button>
      </details>
    </form>
  );
}
