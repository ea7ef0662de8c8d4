import type { FlowStep } from '../../../studies/flow/shared.ts';
import type { FlowOutcomes } from './flow-outcome.ts';
import styles from './flow-stepper.module.css';
import { groupMarks } from './group-marks.ts';
import { StepButton } from './step-button.tsx';

interface FlowStepperProps {
  steps: FlowStep[];
  current: FlowStep['id'] | undefined;
  outcomes: FlowOutcomes;
  /** Steps with a switch that is on. */
  spoiled: ReadonlySet<FlowStep['id']>;
  onPick: (id: FlowStep['id']) => void;
}

export function FlowStepper({ steps, current, outcomes, spoiled, onPick }: FlowStepperProps) {
  return (
    <nav aria-label="Steps of the flow">
      <ol className={styles.steps}>
        {steps.map(({ id, title }, i) => (
          <li key={id}>
            <StepButton
              number={i + 1}
              title={title}
              current={id === current}
              spoiled={spoiled.has(id)}
              marks={groupMarks(outcomes, id)}
              onPick={() => onPick(id)}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}
