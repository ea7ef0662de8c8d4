import { useState } from 'react';
import type { TargetName } from '../../lab-api.ts';
import { targetNames } from '../console/targets.ts';
import { answeredIn } from '../lab-client/use-study.ts';
import { HeadingLevelAbove } from '../text/heading-level.ts';
import { StatusRegion } from '../text/status-region.tsx';
import { StudyStatus } from './study-status.tsx';
import { DefectList } from './defect-list.tsx';
import { ForgeForm } from './forge-form.tsx';
import { RealTokenForm } from './real-token-form.tsx';
import styles from './token-view.module.css';
import { TokenOnTarget } from './token-on-target.tsx';
import { TokenSection } from './token-section.tsx';
import { useTokenStudy } from './use-token-study.ts';

/** A real token, what is changed about it, and what the three servers make of the result. */
export function TokenView() {
  const { choice, problems, run, change, begin, getRealToken, fire } = useTokenStudy();
  const [shown, setShown] = useState<TargetName>('reference');
  const isBusy = run.state === 'running';
  const isFired = run.state !== 'idle' && run.request.present;
  const answered = answeredIn(run);
  const reports = targetNames.flatMap((name) => {
    const outcome = answered[name];
    return outcome?.type === 'study' ? [outcome.study] : [];
  });

  return (
    <HeadingLevelAbove value={1}>
      <div className={styles.panel}>
        <RealTokenForm
          user={choice.user}
          busy={isBusy && !isFired}
          onUser={(user) => change({ user })}
          onGet={getRealToken}
        />
        <ForgeForm
          choice={choice}
          problems={problems}
          firing={isBusy && isFired}
          onChange={change}
          onBegin={begin}
          onFire={fire}
        />
      </div>
      <StatusRegion className={styles.status}>
        <StudyStatus run={run} />
      </StatusRegion>
      {isFired && (
        <section className={styles.section} aria-labelledby="answers">
          <h2 id="answers">What the servers answered</h2>
          <div className={styles.room}>
            <div className={styles.columns}>
              {targetNames.map((name) => (
                <TokenOnTarget
                  key={name}
                  target={name}
                  outcome={answered[name]}
                  firing={isBusy && run.awaited.includes(name)}
                />
              ))}
            </div>
          </div>
        </section>
      )}
      {isFired && reports[0] && <DefectList defects={reports[0].defects} />}
      {run.state !== 'idle' && (
        <TokenSection shown={shown} outcome={run.outcomes[shown]} onShown={setShown} />
      )}
    </HeadingLevelAbove>
  );
}
