import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { useId } from 'react';
import type { BurstReport } from '../../../studies/burst/shared.ts';
import styles from './burst-timeline.module.css';
import {
  columnsOf,
  countCurve,
  MINUTE_MS,
  timesThatRan,
  type Column,
  type CurvePoint,
} from './minute.ts';

interface BurstTimelineProps {
  report: BurstReport;
  /** Where the axis begins and ends, in milliseconds; the same for all targets. */
  start: number;
  end: number;
  /** Where the window of one minute ends. */
  windowEnd: number;
  /** The highest count on the axis. */
  most: number;
  description: string;
}

const WIDTH = 1000;
const HEIGHT = 200;
const COLUMNS = 90;
/** About as many as there is room for. */
const TICKS = 4;
const LANE = 12;

/** Calls over time as columns, and how many ran in the minute up to each moment as a curve. */
export function BurstTimeline(props: BurstTimelineProps) {
  const { report, start, end, windowEnd, most, description } = props;
  const hatching = useId();
  const drawn = { width: (0.8 * WIDTH) / COLUMNS, hatching };
  const x = scaleLinear([start, end], [0, WIDTH]).clamp(true);
  const y = scaleLinear([0, most], [HEIGHT, 0]);
  const width = (end - start) / COLUMNS;
  const counts = countCurve(timesThatRan(report.calls), end).filter(
    ({ at }, i, all) => at >= start || (all[i + 1]?.at ?? end) > start,
  );
  const calls = report.calls.filter(({ at }) => at >= start && at <= end);
  const atX = ({ at }: CurvePoint): number => x(at);
  const atY = ({ calls }: CurvePoint): number => y(calls);
  const curve = line(atX, atY).curve(curveStepAfter);
  const under = area(atX, HEIGHT, atY).curve(curveStepAfter);
  const windowStart = windowEnd - MINUTE_MS;
  const seconds = scaleLinear([start / 1000, end / 1000], [0, 100]);
  // One at the very end would stick out.
  const ticks = seconds.ticks(TICKS).filter((second) => seconds(second) < 97);

  return (
    <div className={styles.figure}>
      <div className={styles.plot}>
        <svg
          className={styles.picture}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          // A picture of its own, not a file.
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          role="img"
          aria-label={description}
        >
          <defs>
            <pattern id={hatching} width="6" height="6" patternUnits="userSpaceOnUse">
              <path className={styles.hatch} d="M-1 7 7-1M-1 1 1-1M5 7 7 5" />
            </pattern>
          </defs>
          <rect
            className={styles.window}
            x={x(windowStart)}
            width={x(windowEnd) - x(windowStart)}
            y="0"
            height={HEIGHT}
          />
          <path className={styles.area} d={under(counts) ?? ''} />
          <path className={styles.curve} d={curve(counts) ?? ''} />
          {columnsOf(calls, width).map((column) => (
            <Bar key={column.at} column={column} x={x(column.at - width * 0.4)} y={y} {...drawn} />
          ))}
          <path className={styles.limit} d={`M0 ${y(report.limit)}H${WIDTH}`} />
          <path className={styles.edge} d={`M${x(windowEnd)} 0V${HEIGHT}`} />
        </svg>
        <span
          className={styles.limitLabel}
          style={{ insetBlockStart: `${(y(report.limit) / HEIGHT) * 100}%` }}
          aria-hidden="true"
        >
          limit {report.limit}
        </span>
      </div>
      {report.instances > 1 && (
        <ol className={styles.lanes} aria-hidden="true">
          {Array.from({ length: report.instances }, (_, instance) => (
            <li key={instance}>
              <svg
                className={styles.picture}
                viewBox={`0 0 ${WIDTH} ${LANE}`}
                preserveAspectRatio="none"
              >
                {columnsOf(
                  calls.filter((call) => call.instance === instance),
                  width,
                ).map((column) => (
                  <Bar
                    key={column.at}
                    column={column}
                    x={x(column.at - width * 0.4)}
                    y={scaleLinear([0, column.ran + column.refused], [LANE, 0])}
                    {...drawn}
                  />
                ))}
              </svg>
            </li>
          ))}
        </ol>
      )}
      <div className={styles.ticks} aria-hidden="true">
        {ticks.map((second) => (
          <span key={second} style={{ insetInlineStart: `${seconds(second)}%` }}>
            {second} s
          </span>
        ))}
      </div>
    </div>
  );
}

interface BarProps {
  column: Column;
  /** Its left edge, and how wide it is. */
  x: number;
  width: number;
  /** Where a number of calls ends, from the bottom up. */
  y: (calls: number) => number;
  /** The pattern of calls that were refused. */
  hatching: string;
}

/** Calls that ran, and above them those that were refused. */
function Bar({ column: { ran, refused }, x, width, y, hatching }: BarProps) {
  return (
    <>
      <rect className={styles.ran} x={x} width={width} y={y(ran)} height={y(0) - y(ran)} />
      {refused > 0 && (
        <rect
          className={styles.refused}
          fill={`url(#${hatching})`}
          x={x}
          width={width}
          y={y(ran + refused)}
          height={y(0) - y(refused)}
        />
      )}
    </>
  );
}
