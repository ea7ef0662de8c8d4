import type { TopicProgress, TopicSummary } from '../../lab-api.ts';
import { GradeTime } from '../checks/grade-time.tsx';
import { countChecks } from '../lab-client/grade-run.ts';
import { useGrading } from '../lab-client/grading-context.ts';
import { checksHref } from '../place.ts';
import { Icon } from '../text/icon.tsx';
import styles from './progress-columns.module.css';
import { tallyOf } from './topic-tally.ts';

interface ChecksCellProps {
  topic: TopicSummary;
  progress: TopicProgress;
}

/** How the checks of a topic stand: while they run, and by the latest grade. */
export function ChecksCell({ topic, progress }: ChecksCellProps) {
  const { now } = useGrading();
  const { checks } = tallyOf(topic, progress);
  const graded = now.topics[topic.slug];
  const isAwaited = now.state === 'running' && now.asked.includes(topic.slug) && !graded?.isThrough;
  if (isAwaited) {
    const count = graded && countChecks(graded);
    const isRunning = graded?.checks.some(({ state }) => state === 'running');
    return (
      <span className={styles.open}>
        {isRunning && <Icon name="waiting" />}{' '}
        {count && (isRunning || count.through > 0)
          ? `${count.through} of ${count.all} run, ${count.failed} failed`
          : 'Waiting'}
      </span>
    );
  }
  const count = checks ? `${checks.passed} of ${checks.all} checks passed` : 'Checks not run yet';
  return (
    <span className={styles.open}>
      <a href={checksHref(topic.slug)} aria-label={`${count}, ${topic.title}`}>
        {count}
      </a>
      {checks && (
        <span className={styles.below}>
          <GradeTime at={checks.at} />
        </span>
      )}
    </span>
  );
}
