import { useState } from 'react';
import type { TargetName } from '../../lab-api.ts';
import { targetOptions, targetTitles } from '../console/targets.ts';
import { useStudy } from '../lab-client/use-study.ts';
import { HeadingLevelAbove } from '../text/heading-level.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import { OneOf } from '../text/one-of.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './forensics-view.module.css';
import { IncidentView } from './incident-view.tsx';

const notes: Record<TargetName, string> = {
  baseline: 'the insecure log',
  yours: 'written by your files',
  reference: 'the solution',
};
const options = targetOptions.map((option) => ({ ...option, note: notes[option.value] }));

/** An incident that really happens, and the log that is left of it. */
export function ForensicsView() {
  const [target, setTarget] = useState<TargetName>('yours');
  const { run, study } = useStudy('/lab/forensics');
  const happening = run.state === 'running';
  const outcome = happening ? undefined : run.outcomes[target];
  const failure = run.state === 'failed' ? run.message : undefined;
  return (
    <HeadingLevelAbove value={1}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!happening) study({ targets: [target] });
        }}
      >
        <OneOf
          legend="Whose log"
          legendIs="above"
          options={options}
          value={target}
          onValue={(next) => !happening && setTarget(next)}
        />
        <button type="submit" className={styles.happen} aria-disabled={happening}>
          {happening ? (
            <>
              <Icon name="waiting" /> Happening…
            </>
          ) : outcome ? (
            'Let another one happen'
          ) : (
            'Let it happen'
          )}
        </button>
      </form>
      <StatusRegion className={styles.status}>
        {failure !== undefined && <p>{failure}</p>}
        {outcome?.type === 'study' && (
          <p>
            It has happened. {targetTitles[target]} wrote {outcome.study.lines.length} lines. What
            they tell is all you have.
          </p>
        )}
      </StatusRegion>
      {outcome?.type === 'broken' && <HostileText text={outcome.message} as="block" fold={2000} />}
      {outcome?.type === 'study' && (
        <IncidentView key={outcome.study.id} incident={outcome.study} />
      )}
    </HeadingLevelAbove>
  );
}
