import type { ReactNode } from 'react';
import { KeyNames } from '../actions/key-names.tsx';
import { pageActions } from '../actions/page-actions.ts';
import { usePageAction } from '../actions/use-page-action.ts';
import { Icon } from '../text/icon.tsx';
import styles from './firing-foot.module.css';
import { judge } from './judgement.ts';
import { targetNames, targetTitles } from './targets.ts';
import { TargetChoice } from './target-choice.tsx';
import type { FiringBench } from './use-firing-bench.ts';

interface FiringFootProps {
  bench: FiringBench;
  /** The key does something else while the checks are looked at. */
  withKey: boolean;
  /** How it came out, at length, where there is room for it. */
  children: ReactNode;
}

/** Fire, at whom, and how it came out: in sight whichever tool is open. */
export function FiringFoot({ bench, withKey, children }: FiringFootProps) {
  const { item, run, running, problem, repeat } = bench;
  usePageAction('fire', bench.fire);
  const verb = item.kind === 'attack' ? 'Fire' : 'Try it';
  return (
    <section className={styles.foot} aria-label="Fire">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          bench.fire();
        }}
      >
        <button
          type="submit"
          className={styles.fire}
          aria-disabled={running || (problem ?? repeat.problem) !== undefined}
          aria-keyshortcuts={withKey ? 'Control+Enter Meta+Enter' : undefined}
        >
          <Icon name={running ? 'waiting' : 'fire'} />
          {running ? 'Running…' : verb}
          {withKey && !running && (
            <span className={styles.key} aria-hidden="true">
              <KeyNames keys={pageActions.fire.keys} />
            </span>
          )}
        </button>
        {running && (
          <button type="button" onClick={bench.stop}>
            Stop
          </button>
        )}
        <div className={styles.targets}>
          <TargetChoice targets={bench.targets} onTargets={bench.aim} />
        </div>
        {/* Where there is no room for more, such as on a phone. The lanes say it to all. */}
        <ul className={styles.short} aria-hidden="true">
          {targetNames.map((name) => {
            const outcome = run?.outcomes[name];
            const judgement = outcome && judge(outcome, run.tallies[name]);
            return (
              <li key={name}>
                {targetTitles[name]}
                <span className={judgement && styles[judgement.tone]}>
                  {judgement ? (
                    <>
                      <Icon name={judgement.icon} /> {judgement.word}
                    </>
                  ) : (
                    '–'
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      </form>
      {children}
    </section>
  );
}
