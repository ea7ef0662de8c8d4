import type { CSSProperties } from 'react';
import type { FlowStep } from '../../../studies/flow/shared.ts';
import { targetNames } from '../console/targets.ts';
import { Icon } from '../text/icon.tsx';
import { markOf } from './flow-judgement.ts';
import type { FlowOutcomes } from './flow-outcome.ts';
import styles from './message-arrows.module.css';
import { messages, parties, type Party } from './messages.ts';

interface MessageArrowsProps {
  id: FlowStep['id'];
  outcomes: FlowOutcomes;
}

/** A row of the sequence diagram, with a mark for each server. The step beside it says the same. */
export function MessageArrows({ id, outcomes }: MessageArrowsProps) {
  return (
    <span className={styles.row} aria-hidden="true">
      {parties.map((party) => (
        <span key={party} className={styles.life} style={placeOf(party, party)} />
      ))}
      {messages[id].map(([from, to], i, all) => (
        <span key={to} className={styles.arrow} style={placeOf(from, to)}>
          {i === all.length - 1 && (
            <span className={styles.marks}>
              {targetNames.map((name) => {
                const outcome = outcomes[name];
                const mark = outcome && markOf(outcome, id);
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

/** Each party has two columns, and stands between them. */
function placeOf(from: Party, to: Party): CSSProperties {
  const line = (party: Party): number => 2 * parties.indexOf(party) + 2;
  return { gridColumn: from === to ? `${line(from)}` : `${line(from)} / ${line(to)}` };
}
