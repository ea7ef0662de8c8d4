import type { TopicSummary } from '../../lab-api.ts';
import { KeyHint } from '../actions/key-hint.tsx';
import { pageActions } from '../actions/page-actions.ts';
import { usePageAction } from '../actions/use-page-action.ts';
import { countChecks } from '../lab-client/grade-run.ts';
import { useGrading } from '../lab-client/grading-context.ts';
import { RunButton } from '../text/run-button.tsx';
import form from '../text/run-form.module.css';
import styles from './checks-form.module.css';
import type { ChecksOptions } from './use-checks-options.ts';

interface ChecksFormProps {
  topic: TopicSummary;
  options: ChecksOptions;
  running: boolean;
  /** Whether the checks are looked at, and not another tool. */
  shown: boolean;
}

/** Begins the checks of a topic and stops them. */
export function ChecksForm({ topic, options, running, shown }: ChecksFormProps) {
  const { now, start, stop } = useGrading();
  const { slug } = topic;
  const { onSave, setOnSave, scope, setScope } = options;
  const graded = now.topics[slug];
  const count = running && graded ? countChecks(graded) : undefined;
  const isElsewhere = now.state === 'running' && !running;

  // Before the console's offer, which stays while another tool is shown.
  usePageAction('fire', shown ? () => void (!running && start([slug], scope)) : undefined);

  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (running) stop();
        else start([slug], scope);
      }}
    >
      <RunButton
        running={running}
        start="Run the checks of this topic"
        stop="Stop the checks"
        isProof
      />
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
          checked={scope === 'with-stretch'}
          disabled={running}
          onChange={() => setScope(scope === 'with-stretch' ? 'core' : 'with-stretch')}
        />
        <span>With the stretch attacks, which earn no points</span>
      </label>
      {topic.fastTrack.length > 0 && (
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={scope === 'fast-track'}
            disabled={running}
            onChange={() => setScope(scope === 'fast-track' ? 'core' : 'fast-track')}
          />
          <span>Only the {topic.fastTrack.length} of the fast track</span>
        </label>
      )}
      {isElsewhere && (
        <p className={styles.elsewhere}>
          The page is grading other topics. Running these checks stops that.
        </p>
      )}
    </form>
  );
}
