import type { TopicSummary } from '../../lab-api.ts';
import { describeGrade } from '../checks/describe-grade.ts';
import { GradeProblems } from '../checks/grade-problems.tsx';
import { useGrading } from '../lab-client/grading-context.ts';
import { Icon } from '../text/icon.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './grade-all.module.css';

interface GradeAllProps {
  topics: TopicSummary[];
}

/** Runs the checks of all topics; what comes of each stands in the table. */
export function GradeAll({ topics }: GradeAllProps) {
  const { now, start, stop } = useGrading();
  const running = now.state === 'running';
  const through = now.asked.filter((slug) => now.topics[slug]?.isThrough).length;
  const isOver = now.state !== 'idle' && !running;

  return (
    <div className={styles.all}>
      <div className={styles.line}>
        <button
          type="button"
          className={styles.run}
          onClick={() => (running ? stop() : start(topics.map(({ slug }) => slug)))}
        >
          {running ? (
            <>
              <Icon name="waiting" /> Stop grading
            </>
          ) : (
            'Grade all topics'
          )}
        </button>
        {running ? (
          <progress
            className={styles.bar}
            aria-label="Topics that are through"
            max={now.asked.length}
            value={through}
          />
        ) : (
          <span className={styles.note}>
            As <code>npm run grade</code> does; it takes some minutes.
          </span>
        )}
      </div>
      <StatusRegion className={styles.status}>
        {isOver && now.asked.length > 1 && <p>{describeGrade(now)}</p>}
      </StatusRegion>
      {now.asked.length > 1 && <GradeProblems problems={now.problems} />}
    </div>
  );
}
