import type { CSSProperties } from 'react';
import type { Flow, Sabotage } from '../../../studies/flow/shared.ts';
import type { FlowOutcomes } from './flow-outcome.ts';
import styles from './flow-stepper.module.css';
import { groupMarks } from './group-marks.ts';
import { MessageArrows } from './message-arrows.tsx';
import { withCapital } from './messages.ts';
import { SabotageSwitch } from './sabotage-switch.tsx';
import { StepButton } from './step-button.tsx';

interface FlowStepperProps {
  flow: Flow;
  current: string | undefined;
  outcomes: FlowOutcomes;
  /** Ids of the switches that are on. */
  on: ReadonlySet<string>;
  onPick: (id: string) => void;
  onFlip: (sabotage: Sabotage) => void;
}

/** The flow as a sequence diagram: a row for each step, with its switches. */
export function FlowStepper(props: FlowStepperProps) {
  const { flow, current, outcomes, on, onPick, onFlip } = props;
  const { parties, steps, sabotages } = flow;
  const lanes = { '--lanes': parties.length, '--half-lanes': 2 * parties.length };
  return (
    <nav aria-label="Steps of the flow" className={styles.diagram} style={lanes as CSSProperties}>
      <p className={styles.parties} aria-hidden="true">
        <span className={styles.key}>On each arrow: baseline, yours, reference</span>
        <span className={styles.names}>
          {parties.map((party) => (
            <span key={party}>{withCapital(party)}</span>
          ))}
        </span>
      </p>
      <ol className={styles.steps}>
        {steps.map((step, i) => {
          const { id } = step;
          const own = sabotages.filter((sabotage) => sabotage.step === id);
          const active = own.filter((sabotage) => on.has(sabotage.id)).length;
          return (
            <li key={id}>
              <StepButton
                step={step}
                number={i + 1}
                current={id === current}
                spoiled={active > 0}
                marks={groupMarks(outcomes, id)}
                onPick={() => onPick(id)}
              />
              <MessageArrows parties={parties} step={step} outcomes={outcomes} />
              {own.length > 0 && (
                <details className={styles.spoil}>
                  <summary>
                    Spoil this step{' '}
                    <span className={styles.count}>
                      {own.length} {own.length === 1 ? 'switch' : 'switches'},{' '}
                      {active === 0 ? 'none' : active} on
                    </span>
                  </summary>
                  <fieldset>
                    <legend className={styles.unseen}>What to spoil in step {i + 1}</legend>
                    {own.map((sabotage) => (
                      <SabotageSwitch
                        key={sabotage.id}
                        sabotage={sabotage}
                        on={on.has(sabotage.id)}
                        onFlip={() => onFlip(sabotage)}
                      />
                    ))}
                  </fieldset>
                </details>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
