import { KeyHint } from '../actions/key-hint.tsx';
import { pageActions } from '../actions/page-actions.ts';
import { usePageAction } from '../actions/use-page-action.ts';
import { countChecks } from '../lab-client/grade-run.ts';
import { useGrading } from '../lab-client/grading-context.ts';
import { Icon } from '../text/icon.tsx';
import styles from './checks-form.module.css';
import type { ChecksOptions } from './use-checks-options.ts';

interface ChecksFormProps {
  slug: string;
  options: ChecksOptions;
  running: boolean;
  /** Whether the checks are looked at, and not another tool. */
  shown: boolean;
}

/** Begins the checks of a topic and stops them. */
export function ChecksForm({ slug, options, running, shown }: ChecksFormProps) {
  const { now, start, stop } = useGrading();
  const { onSave, setOnSave, withStretch, setWithStretch } = options;
  const graded = now.topics[slug];
  const count = running && graded ? countChecks(graded) : undefined;
  const isElsewhere = now.state === 'running' && !running;

  // Before the console's offer, which stays while another tool is shown.
  usePageAction('fire', shown ? () => void (!running && start([slug], withStretch)) : undefined);

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (running) stop();
        else start([slug], withStretch);
      }}
    >
      <button type="submit" className={styles.run}>
        {running ? (
          <>
            <Icon name="waiting" /> Stop the checks
          </>
        ) : (
          'Run the checks of this topic'
        )}
      </button>
      {!running && <KeyHint keys={pageActions.fire.keys} />}
      {running && (
        <span className={styles.soFar}>
          <progress
            className={styles.progress}
            aria-label="Checks that are through"
            max={count?.all ?? 1}
            value={count?.through ?? 0}
          />{' '}
          {count ? `${count.through} of ${count.all}, ${count.failed} failed` : 'starting…'}
        </span>
      )}
      <label className={styles.choice}>
        <input type="checkbox" checked={onSave} onChange={() => setOnSave(!onSave)} />
        <span>Run them again whenever I save</span>
      </label>
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={withStretch}
          disabled={running}
          onChange={() => setWithStretch(!withStretch)}
        />
        <span>With the stretch attacks, which earn no points</span>
      </label>
      {isElsewhere && (
        <p className={styles.elsewhere}>
          The page is grading other topics. Running these checks stops that.
        </p>
      )}
    </form>
  );
}
