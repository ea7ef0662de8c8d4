import { useState } from 'react';
import type { BurstReport, Destination } from '../../../studies/burst/shared.ts';
import { byTarget, targetNames } from '../console/targets.ts';
import { VerdictStrip } from '../console/verdict-strip.tsx';
import { answeredIn, useStudy } from '../lab-client/use-study.ts';
import { HeadingLevelAbove } from '../text/heading-level.ts';
import { StatusRegion } from '../text/status-region.tsx';
import { judgeBursts } from './burst-judgement.ts';
import { BurstOnTarget } from './burst-on-target.tsx';
import styles from './burst-view.module.css';
import { busiestMinute, countCurve, inSeconds, MINUTE_MS, timesThatRan } from './minute.ts';
import { ScheduleForm } from './schedule-form.tsx';
import { burstsOf, presets, type Schedule } from './schedule.ts';
import { Slider } from './slider.tsx';

/** What the axis shows after the last call, in milliseconds. */
const AFTERWARDS = 10_000;
const SHORTEST_AXIS = 70_000;

interface BurstViewProps {
  /** Where calls go to at first. */
  initially: Destination;
}

/** A schedule, and what the three targets made of it. */
export function BurstView({ initially }: BurstViewProps) {
  const [to, setTo] = useState(initially);
  const [schedule, setSchedule] = useState<Schedule>(presets[0]!.schedule);
  const [pickedEnd, setPickedEnd] = useState<number>();
  const [zoomed, setZoomed] = useState(false);
  const { run, study } = useStudy('/lab/burst', (slug) => slug === topicsAsked[to]);
  const firing = run.state === 'running';
  const reports = targetNames.flatMap((name) => {
    const outcome = run.outcomes[name];
    return outcome?.type === 'study' ? [outcome.study] : [];
  });
  const scale = scaleOf(reports);
  const shown = zoomed && scale.edge ? scale.edge : { start: 0, end: scale.end };
  const windowEnd = Math.min(pickedEnd ?? scale.busiestEnd, scale.end);

  function fire(): void {
    setPickedEnd(undefined);
    study({ bursts: burstsOf(schedule), to, targets: [...targetNames] });
  }

  return (
    <HeadingLevelAbove value={1}>
      <ScheduleForm
        schedule={schedule}
        to={to}
        firing={firing}
        onChange={setSchedule}
        onTo={setTo}
        onFire={fire}
      />
      <StatusRegion className={styles.status}>
        {run.state !== 'idle' && (
          <VerdictStrip
            targets={targetNames}
            judgements={byTarget(answeredIn(run), judgeBursts)}
            waitingFor={firing ? 'firing' : undefined}
            failure={run.state === 'failed' ? run.message : undefined}
          />
        )}
      </StatusRegion>
      {run.state !== 'idle' && <h2>What became of them</h2>}
      {reports.length > 0 && (
        <div className={styles.reading}>
          <ul className={styles.legend}>
            <li className={styles.ran}>Calls that ran</li>
            <li className={styles.refused}>Calls that were refused</li>
            <li className={styles.curve}>Calls that ran in the 60 seconds up to here</li>
            <li className={styles.window}>A window of 60 seconds, which you can move</li>
            {reports.some(({ instances }) => instances > 1) && (
              <li>Below, the calls of each instance, one line each</li>
            )}
          </ul>
          <div className={styles.slider}>
            <Slider
              label="The window ends at"
              value={windowEnd / 1000}
              max={Math.ceil(scale.end / 1000)}
              step={0.1}
              shown={inSeconds(windowEnd)}
              onValue={(seconds) => setPickedEnd(seconds * 1000)}
            />
            {scale.edge && (
              <label className={styles.zoom}>
                <input type="checkbox" checked={zoomed} onChange={() => setZoomed(!zoomed)} /> Only{' '}
                {inSeconds(scale.edge.start)} to {inSeconds(scale.edge.end)}, around the end of a
                minute
              </label>
            )}
          </div>
        </div>
      )}
      {run.state !== 'idle' && (
        <div className={styles.targets}>
          {targetNames.map((name) => (
            <BurstOnTarget
              key={name}
              target={name}
              outcome={run.outcomes[name]}
              firing={firing && run.awaited.includes(name)}
              windowEnd={windowEnd}
              start={shown.start}
              end={shown.end}
              most={scale.most}
            />
          ))}
        </div>
      )}
      <p className={styles.note}>
        Every schedule begins with a minute of the server’s clock, so that windows that follow the
        clock and windows that begin with the first call end at the same time.{' '}
        {to === 'one'
          ? 'A fixed window lets up to 120 calls through around its end, and a token bucket as many as it holds and gains; both are fair choices that grading accepts, as long as no minute sees more than 120.'
          : 'At three instances grading wants sixty in any minute, and no more: the store has a step for that.'}
      </p>
    </HeadingLevelAbove>
  );
}

/** Whose files decide. */
const topicsAsked: Record<Destination, string> = {
  one: '10-rate-limits',
  three: '18-many-instances',
};

interface Scale {
  end: number;
  most: number;
  /** Where the busiest minute of all ends. */
  busiestEnd: number;
  /** Around the end of a minute of the clock that has calls on both sides, if there is one. */
  edge: { start: number; end: number } | undefined;
}

/** One scale for all targets, so that their pictures can be compared. */
function scaleOf(reports: BurstReport[]): Scale {
  const last = Math.max(0, ...reports.flatMap(({ calls }) => calls.map(({ at }) => at)));
  const end = Math.max(SHORTEST_AXIS, last + AFTERWARDS);
  let most = 0;
  let busiest: ReturnType<typeof busiestMinute>;
  for (const { calls, limit } of reports) {
    const times = timesThatRan(calls);
    const peak = Math.max(...countCurve(times, end).map((point) => point.calls));
    const burst = Math.max(0, ...countPerBurst(calls));
    most = Math.max(most, limit * 1.3, peak * 1.1, burst * 1.1);
    const own = busiestMinute(times);
    // Of equals the latest, so that no call is left out by a few milliseconds.
    if (own && (!busiest || own.calls * 1e6 + own.to > busiest.calls * 1e6 + busiest.to))
      busiest = own;
  }
  const times = reports.flatMap(({ calls }) => calls.map(({ at }) => at));
  return {
    end,
    most,
    busiestEnd: Math.ceil((busiest?.to ?? end) / 100) * 100,
    edge: edgeIn(times),
  };
}

const AROUND_EDGE_MS = 2_000;

function edgeIn(times: readonly number[]): Scale['edge'] {
  const minutes = new Set(times.map((at) => Math.round(at / MINUTE_MS) * MINUTE_MS));
  const isEdge = (edge: number): boolean =>
    edge > 0 &&
    times.some((at) => at < edge && at >= edge - AROUND_EDGE_MS) &&
    times.some((at) => at >= edge && at <= edge + AROUND_EDGE_MS);
  const edge = [...minutes].sort((one, other) => one - other).find(isEdge);
  return edge === undefined
    ? undefined
    : { start: edge - AROUND_EDGE_MS, end: edge + AROUND_EDGE_MS };
}

function countPerBurst(calls: BurstReport['calls']): number[] {
  const counts = new Map<number, number>();
  for (const { burst } of calls) counts.set(burst, (counts.get(burst) ?? 0) + 1);
  return [...counts.values()];
}
