import { useMemo, type CSSProperties } from 'react';
import { describeTally, judge } from '../console/judgement.ts';
import { targetNames, targetTitles } from '../console/targets.ts';
import type { BegunRun } from '../console/use-firing-bench.ts';
import hidden from '../text/hidden.module.css';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import { announce } from './announce.ts';
import { drawPicture } from './describe-way.ts';
import { gatesOf } from './gates.ts';
import styles from './lanes.module.css';
import { Track } from './track.tsx';

interface LanesProps {
  /** Of the topic, which says whose gates are drawn. */
  slug: string;
  run: BegunRun | undefined;
}

/** How far the request came at each server, and what it had there: drawn from the tape. */
export function Lanes({ slug, run }: LanesProps) {
  const gates = gatesOf(slug);
  const picture = useMemo(() => drawPicture(run?.outcomes ?? {}, slug), [run?.outcomes, slug]);
  const { deciding } = picture;
  return (
    <>
      <StatusRegion className={hidden.hidden}>{run && announce(run)}</StatusRegion>
      <div className={styles.picture} style={{ '--gates': gates.length } as CSSProperties}>
        <ol className={styles.axis} aria-hidden="true">
          {gates.map((gate) => (
            <li key={gate} className={gate === deciding ? styles.deciding : undefined}>
              {gate}
            </li>
          ))}
          <li className={styles.end}>effect</li>
        </ol>
        <ol className={styles.lanes} aria-label="Verdicts">
          {targetNames.map((name) => {
            const outcome = run?.outcomes[name];
            const lane = picture.lanes[name];
            const tally = run?.tallies[name];
            const judgement = outcome && judge(outcome, tally);
            const waits = run?.state === 'running' && run.awaited.includes(name) && !outcome;
            return (
              <li key={name} className={styles.lane} data-target={name}>
                <div className={styles.head}>
                  <strong className={styles.name}>{targetTitles[name]}</strong>
                  <span className={judgement ? styles[judgement.tone] : styles.idle}>
                    {judgement ? (
                      <>
                        <Icon name={judgement.icon} /> {judgement.word}
                      </>
                    ) : (
                      <>
                        <Icon name={waits ? 'waiting' : 'notStarted'} />{' '}
                        {waits ? 'Firing' : run?.state === 'failed' ? 'No answer' : 'Not fired'}
                      </>
                    )}
                  </span>
                </div>
                <p className={styles.why}>
                  {lane && (
                    <>
                      {lane.gate && (
                        <>
                          <strong>{lane.gate}</strong>{' '}
                        </>
                      )}
                      <HostileText text={lane.sentence} cut={240} />
                    </>
                  )}
                  {outcome?.type === 'broken' && <HostileText text={outcome.message} cut={240} />}
                  {!outcome && tally && describeTally(tally)}
                </p>
                {/* A new answer is drawn anew, and plays once. */}
                <Track
                  key={outcome && 'milliseconds' in outcome ? outcome.milliseconds : name}
                  gates={gates}
                  deciding={deciding}
                  lane={lane}
                />
              </li>
            );
          })}
        </ol>
      </div>
      {run?.state === 'failed' && <p className={styles.failure}>{run.message}</p>}
    </>
  );
}
