import type { CSSProperties } from 'react';
import type { FlowStep } from '../../../studies/flow/shared.ts';
import { targetNames } from '../console/targets.ts';
import { Icon } from '../text/icon.tsx';
import { markOf } from './flow-judgement.ts';
import type { FlowOutcomes } from './flow-outcome.ts';
import styles from './message-arrows.module.css';

interface MessageArrowsProps {
  parties: readonly string[];
  step: FlowStep;
  outcomes: FlowOutcomes;
}

/** A row of the sequence diagram, with a mark for each server. The step beside it says the same. */
export function MessageArrows({ parties, step, outcomes }: MessageArrowsProps) {
  /** Each party has two columns, and stands between them. */
  const placeOf = (from: string, to: string): CSSProperties => {
    const line = (party: string): number => 2 * parties.indexOf(party) + 2;
    return { gridColumn: from === to ? `${line(from)}` : `${line(from)} / ${line(to)}` };
  };
  return (
    <span className={styles.row} aria-hidden="true">
      {parties.map((party) => (
        <span key={party} className={styles.life} style={placeOf(party, party)} />
      ))}
      {step.messages.map(([from, to], i, all) => (
        <span key={to} className={styles.arrow} style={placeOf(from, to)}>
          {i === all.length - 1 && (
            <span className={styles.marks}>
              {targetNames.map((name) => {
                const outcome = outcomes[name];
                const mark = outcome && markOf(outcome, step.id);
                return (
                  <span key={name} className={mark?.tone && styles[mark.tone]}>
                    <Icon name={mark?.icon ?? 'notStarted'} />
                  </span>
                );
              })}
            </span>
          )}
        </span>
      ))}
    </span>
  );
}
