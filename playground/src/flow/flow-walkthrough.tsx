import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { navigate } from 'wouter/use-hash-location';
import type { Flow, Sabotage } from '../../../studies/flow/shared.ts';
import type { TopicSummary } from '../../lab-api.ts';
import { byTarget, targetNames } from '../console/targets.ts';
import { VerdictStrip } from '../console/verdict-strip.tsx';
import { answeredIn, SETTLE_MS, useStudy } from '../lab-client/use-study.ts';
import { flowHref } from '../place.ts';
import { StatusRegion } from '../text/status-region.tsx';
import { judgeWalk } from './flow-judgement.ts';
import { FlowStepper } from './flow-stepper.tsx';
import styles from './flow-walkthrough.module.css';
import { SabotageForm } from './sabotage-form.tsx';
import { StepPanel } from './step-panel.tsx';

interface FlowWalkthroughProps {
  flow: Flow;
  stepId: string | undefined;
  topics: TopicSummary[];
}

/** The steps, the switches, and what the walk with them brought back. */
export function FlowWalkthrough({ flow, stepId, topics }: FlowWalkthroughProps) {
  const { steps, sabotages } = flow;
  const [on, setOn] = useState<ReadonlySet<string>>(new Set());
  const { run, study } = useStudy('/lab/flow', () => true);
  const panel = useRef<HTMLElement>(null);
  const at = Math.max(
    0,
    steps.findIndex(({ id }) => id === stepId),
  );
  const step = steps[at];
  const walking = run.state === 'running';

  const walk = (switches: ReadonlySet<string>, afterMs?: number): void =>
    study({ flow: flow.id, sabotages: [...switches], targets: [...targetNames] }, afterMs);
  const walkHonestly = useEffectEvent(() => walk(new Set(), 0));
  useEffect(() => walkHonestly(), []);

  // The back button leaves the walk rather than retracing it.
  const goTo = (id: string): void => navigate(flowHref(flow.id, id), { replace: true });

  function turn(next: ReadonlySet<string>): void {
    setOn(next);
    walk(next, SETTLE_MS);
  }

  function flip({ id, step }: Sabotage): void {
    const next = new Set(on);
    if (!next.delete(id)) {
      next.add(id);
      goTo(step);
    }
    turn(next);
  }

  return (
    <div className={styles.flow}>
      <div className={styles.diagram}>
        <SabotageForm
          sabotages={sabotages}
          on={on}
          walking={walking}
          onClear={() => turn(new Set())}
          onWalk={() => walk(on)}
        />
        <StatusRegion className={styles.verdicts}>
          {run.state !== 'idle' && (
            <VerdictStrip
              targets={targetNames}
              judgements={byTarget(answeredIn(run), judgeWalk)}
              waitingFor={walking ? 'walking' : undefined}
              failure={run.state === 'failed' ? run.message : undefined}
            />
          )}
        </StatusRegion>
        <FlowStepper
          flow={flow}
          current={step?.id}
          outcomes={run.outcomes}
          on={on}
          onPick={(id) => {
            goTo(id);
            panel.current?.scrollIntoView({ block: 'nearest' });
          }}
          onFlip={flip}
        />
      </div>
      {step && (
        <StepPanel
          ref={panel}
          step={step}
          number={at + 1}
          previous={steps[at - 1]}
          next={steps[at + 1]}
          total={steps.length}
          sabotages={sabotages}
          outcomes={run.outcomes}
          awaited={run.state === 'running' ? run.awaited : []}
          topics={topics}
          onGoTo={goTo}
        />
      )}
    </div>
  );
}
