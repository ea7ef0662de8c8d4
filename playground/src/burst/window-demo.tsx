import { useState } from 'react';
import { OneOf } from '../text/one-of.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import { BurstTimeline } from './burst-timeline.tsx';
import { limiters, type LimiterKind } from './limiters.ts';
import { countUpTo, inSeconds, MINUTE_MS, timesThatRan } from './minute.ts';
import { burstsOf, presets } from './schedule.ts';
import { simulateBursts } from './simulate.ts';
import { Slider } from './slider.tsx';
import styles from './window-demo.module.css';

const LIMIT = 60;
const END_MS = 130_000;
const bursts = burstsOf(presets[0]!.schedule);
const options = (Object.keys(limiters) as LimiterKind[]).map((value) => ({
  value,
  title: limiters[value].title,
}));

/** Sixty calls on either side of a minute's end, and a window to move over what ran of them. */
export function WindowDemo() {
  const [kind, setKind] = useState<LimiterKind>('fixed');
  const [windowEnd, setWindowEnd] = useState(61_000);
  const report = simulateBursts(kind, LIMIT, bursts);
  const times = timesThatRan(report.calls);
  const inside = countUpTo(times, windowEnd);
  return (
    <div className={styles.demo}>
      <p>
        {presets[0]!.story} The limit is {LIMIT} a minute. Move the window: no sixty seconds should
        have many more than that. Nothing is fired here; in the study it is.
      </p>
      <OneOf legend="Limiter" legendIs="beside" options={options} value={kind} onValue={setKind} />
      <p className={styles.rule}>{limiters[kind].rule}</p>
      <Slider
        label="The window ends at"
        value={windowEnd / 1000}
        max={END_MS / 1000}
        step={0.5}
        shown={inSeconds(windowEnd)}
        onValue={(seconds) => setWindowEnd(seconds * 1000)}
      />
      <BurstTimeline
        report={report}
        start={0}
        end={END_MS}
        windowEnd={windowEnd}
        most={130}
        description={`Of ${report.calls.length} calls ${times.length} ran, ${inside} of them in the window.`}
      />
      <StatusRegion>
        From {inSeconds(Math.max(0, windowEnd - MINUTE_MS))} to {inSeconds(windowEnd)}:{' '}
        <strong>{inside} ran</strong>. In all, {times.length} of {report.calls.length}.
      </StatusRegion>
    </div>
  );
}
