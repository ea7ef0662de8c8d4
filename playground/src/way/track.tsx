import { useState, type CSSProperties } from 'react';
import hidden from '../text/hidden.module.css';
import { HostileText } from '../text/hostile-text.tsx';
import type { Lane, Mark } from './describe-way.ts';
import type { GateId } from './gates.ts';
import { StationMark } from './station-mark.tsx';
import styles from './track.module.css';

interface TrackProps {
  gates: readonly GateId[];
  deciding: GateId | undefined;
  /** Absent until the server has answered. */
  lane: Lane | undefined;
}

const words: Record<Mark, string> = {
  passed: 'passed',
  skipped: 'not asked',
  refused: 'refused',
  hole: 'let it through',
  noted: 'wrote a line all the same',
  unsure: 'refused ordinary use too',
  torn: 'the tape ends here',
  ahead: 'not reached',
};

/** One server's line: a station for each gate, and at the end what came of it. */
export function Track({ gates, deciding, lane }: TrackProps) {
  // A tab that is opened again shows the end, and does not play once more.
  const [played, setPlayed] = useState(false);
  return (
    <ol
      className={lane ? styles.track : styles.idle}
      data-played={played || undefined}
      onAnimationEnd={({ target }) => {
        if (target instanceof Element && target.matches('[data-effect]')) setPlayed(true);
      }}
    >
      {gates.map((gate, i) => {
        const station = lane?.stations[i];
        const mark = station?.mark;
        return (
          <li
            key={gate}
            className={styles.station}
            data-mark={mark ?? 'idle'}
            data-deciding={gate === deciding || undefined}
            style={{ '--station': i } as CSSProperties}
          >
            {mark && <StationMark mark={mark} />}
            <span className={hidden.hidden}>
              {gate}: {mark ? words[mark] : 'nothing known yet'}
            </span>
          </li>
        );
      })}
      <li
        className={styles.effect}
        data-effect={lane?.effect.kind}
        style={{ '--station': gates.length } as CSSProperties}
      >
        {lane && <HostileText text={lane.effect.text} cut={28} />}
      </li>
    </ol>
  );
}
