import type { Ref } from 'react';
import type { FlowStep, Sabotage } from '../../../studies/flow/shared.ts';
import type { TargetName, TopicSummary } from '../../lab-api.ts';
import { targetNames } from '../console/targets.ts';
import hidden from '../text/hidden.module.css';
import { Prose } from '../text/prose.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import type { FlowOutcomes } from './flow-outcome.ts';
import styles from './step-panel.module.css';
import { StepOnTarget } from './step-on-target.tsx';
import { TopicLink } from './topic-link.tsx';
import { ValuesSoFar } from './values-so-far.tsx';

interface StepPanelProps {
  ref: Ref<HTMLElement>;
  step: FlowStep;
  /** Counted from 1. */
  number: number;
  total: number;
  previous: FlowStep | undefined;
  next: FlowStep | undefined;
  sabotages: readonly Sabotage[];
  outcomes: FlowOutcomes;
  /** Targets that are being asked. */
  awaited: TargetName[];
  topics: TopicSummary[];
  onGoTo: (id: string) => void;
}

/** The current step, and how it went on the three targets. */
export function StepPanel(props: StepPanelProps) {
  const { ref, step, number, total, previous, next, sabotages, topics, onGoTo } = props;
  const { outcomes, awaited } = props;
  // A card that grew would push the next one down, so that each waits for those before it.
  const waits = targetNames.findIndex((name) => awaited.includes(name) && !outcomes[name]);
  const shown = targetNames.slice(0, waits === -1 ? undefined : waits);
  return (
    <section className={styles.panel} aria-label="The current step">
      <header ref={ref} className={styles.head}>
        <h2>
          <span className={styles.number}>
            Step {number} of {total}
          </span>{' '}
          {step.title}
        </h2>
        <div className={styles.paging}>
          <button
            type="button"
            aria-disabled={!previous}
            onClick={() => previous && onGoTo(previous.id)}
          >
            Previous<span className={hidden.hidden}> step</span>
          </button>
          <button type="button" aria-disabled={!next} onClick={() => next && onGoTo(next.id)}>
            Next<span className={hidden.hidden}> step</span>
          </button>
        </div>
        <div className={styles.story}>
          <p>
            <Prose text={step.story} />
          </p>
          <p className={styles.lesson}>
            Read on in <TopicLink slug={step.topic} topics={topics} anchor={step.lessonAnchor} />
          </p>
        </div>
        <StatusRegion className={hidden.hidden}>
          Step {number} of {total}: {step.title}
        </StatusRegion>
      </header>
      <div className={styles.targets}>
        <div className={styles.columns}>
          {shown.map((name) => (
            <StepOnTarget
              key={name}
              target={name}
              step={step}
              outcome={outcomes[name]}
              walking={awaited.includes(name)}
              sabotages={sabotages}
              topics={topics}
            />
          ))}
        </div>
      </div>
      {shown.length === targetNames.length && <ValuesSoFar step={step} outcomes={outcomes} />}
    </section>
  );
}
