import type { TopicSummary } from '../../lab-api.ts';
import { describeGrade } from '../checks/describe-grade.ts';
import { GradeProblems } from '../checks/grade-problems.tsx';
import { useGrading } from '../lab-client/grading-context.ts';
import { RunButton } from '../text/run-button.tsx';
import form from '../text/run-form.module.css';
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
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (running) stop();
          else start(topics.map(({ slug }) => slug));
        }}
      >
        <RunButton running={running} start="Grade all topics" stop="Stop grading" />
        {running ? (
          <progress
            className={form.progress}
            aria-label="Topics that are through"
            max={now.asked.length}
            value={through}
          />
        ) : (
          <span className={styles.note}>
            As <code>npm run grade</code> does; it takes some minutes.
          </span>
        )}
      </form>
      <StatusRegion className={form.status}>
        {isOver && now.asked.length > 1 && <p>{describeGrade(now)}</p>}
      </StatusRegion>
      {now.asked.length > 1 && <GradeProblems problems={now.problems} />}
    </div>
  );
}
