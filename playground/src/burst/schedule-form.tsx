import type { Destination } from '../../../studies/burst/shared.ts';
import { OneOf } from '../text/one-of.tsx';
import { Icon } from '../text/icon.tsx';
import hidden from '../text/hidden.module.css';
import styles from './schedule-form.module.css';
import {
  burstsOf,
  callsOf,
  LATEST_BURST,
  MOST_EVERY_TEN_SECONDS,
  MOST_IN_BURST,
  presets,
  whyNotFired,
  type Schedule,
} from './schedule.ts';
import { Slider } from './slider.tsx';

interface ScheduleFormProps {
  schedule: Schedule;
  to: Destination;
  firing: boolean;
  onChange: (schedule: Schedule) => void;
  onTo: (to: Destination) => void;
  onFire: () => void;
}

const destinations = [
  { value: 'one', title: 'One server', note: 'one call after the other' },
  { value: 'three', title: 'Three instances', note: 'in turn, those of a burst at once' },
] as const;

export function ScheduleForm(props: ScheduleFormProps) {
  const { schedule, to, firing, onChange, onTo, onFire } = props;
  const problem = whyNotFired(schedule);
  const preset = presets.find((known) => known.schedule === schedule);
  const total = callsOf(burstsOf(schedule));
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!firing && problem === undefined) onFire();
      }}
    >
      <fieldset className={styles.presets}>
        <legend className={styles.legend}>Begin with</legend>
        {presets.map(({ name, schedule: own }) => (
          <button
            key={name}
            type="button"
            aria-pressed={preset?.name === name}
            onClick={() => onChange(own)}
          >
            {name}
          </button>
        ))}
        <p className={styles.story}>{preset?.story ?? 'Your own schedule.'}</p>
      </fieldset>
      <div className={styles.bursts}>
        {schedule.shape === 'steady' ? (
          <Slider
            label="Calls every ten seconds, for two minutes"
            value={schedule.everyTenSeconds}
            max={MOST_EVERY_TEN_SECONDS}
            shown={`${schedule.everyTenSeconds} calls`}
            onValue={(everyTenSeconds) => onChange({ ...schedule, everyTenSeconds })}
          />
        ) : (
          <>
            {(['first', 'second'] as const).map((which) => (
              <fieldset key={which} className={styles.burst}>
                <legend className={styles.legend}>
                  {which === 'first' ? 'First burst' : 'Second burst'}
                </legend>
                <Slider
                  label="Calls"
                  value={schedule[which].calls}
                  max={MOST_IN_BURST}
                  shown={String(schedule[which].calls)}
                  onValue={(calls) =>
                    onChange({ ...schedule, [which]: { ...schedule[which], calls } })
                  }
                />
                <Slider
                  label="Time"
                  value={schedule[which].atSecond}
                  max={LATEST_BURST}
                  step={0.5}
                  shown={`${schedule[which].atSecond} s`}
                  onValue={(atSecond) =>
                    onChange({ ...schedule, [which]: { ...schedule[which], atSecond } })
                  }
                />
              </fieldset>
            ))}
            <label className={styles.opening}>
              <input
                type="checkbox"
                checked={schedule.opening}
                onChange={(event) =>
                  onChange({ ...schedule, opening: event.currentTarget.checked })
                }
              />
              One call at 0 s, which opens a window
            </label>
          </>
        )}
      </div>
      <OneOf legend="Sent to" legendIs="beside" options={destinations} value={to} onValue={onTo} />
      <div className={styles.actions}>
        <button
          type="submit"
          className={styles.fire}
          aria-disabled={firing || problem !== undefined}
        >
          {firing ? (
            <>
              <Icon name="waiting" /> Firing…
            </>
          ) : (
            <>
              Fire<span className={hidden.hidden}> the schedule</span>
            </>
          )}
        </button>
        <p className={problem === undefined ? styles.plan : styles.problem}>
          {problem ?? `${total} ${total === 1 ? 'call' : 'calls'} of one user`}
        </p>
      </div>
    </form>
  );
}
