import type { FlowStep } from '../../../studies/flow/shared.ts';
import { Icon } from '../text/icon.tsx';
import styles from './flow-stepper.module.css';
import type { MarkGroup } from './group-marks.ts';
import { describeMessages } from './messages.ts';

interface StepButtonProps {
  step: FlowStep;
  number: number;
  current: boolean;
  spoiled: boolean;
  marks: MarkGroup[];
  onPick: () => void;
}

/** A step, and in small how it went on each target. */
export function StepButton(props: StepButtonProps) {
  const { step, number, current, spoiled, marks, onPick } = props;
  return (
    <button
      type="button"
      className={styles.step}
      aria-current={current ? 'step' : undefined}
      onClick={onPick}
    >
      <span className={styles.title}>
        <span className={styles.number}>{number}</span> {step.title}
      </span>{' '}
      <span className={styles.route}>{describeMessages(step)}</span>{' '}
      {spoiled && <span className={styles.spoiled}>Spoiled on purpose</span>}{' '}
      {marks.map(({ mark, who }) => (
        <span key={mark.word} className={styles.mark}>
          <span className={mark.tone && styles[mark.tone]}>
            <Icon name={mark.icon} /> {mark.word}:
          </span>{' '}
          {who}{' '}
        </span>
      ))}
    </button>
  );
}
