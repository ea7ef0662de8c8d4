import { useId } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { nextStep } from './next-step.ts';
import styles from './progress-totals.module.css';
import { tallyOf } from './topic-tally.ts';

interface ProgressTotalsProps {
  topics: TopicSummary[];
}

/** All topics added up, and what to do next. */
export function ProgressTotals({ topics }: ProgressTotalsProps) {
  const { progress } = useLab();
  const tallies = topics.map((topic) => tallyOf(topic, progress[topic.slug]));
  const next = nextStep(topics, progress);
  const sum = (count: (tally: (typeof tallies)[number]) => number): number =>
    tallies.reduce((all, tally) => all + count(tally), 0);

  return (
    <div className={styles.totals}>
      <Total
        label="Lessons done"
        value={sum(({ lessonDone }) => Number(lessonDone))}
        max={topics.length}
      />
      <Total
        label="Attacks blocked"
        value={sum(({ blocked }) => blocked)}
        max={sum(({ attacks }) => attacks)}
      />
      <Total
        label="Topics solved"
        value={sum(({ passed }) => Number(passed))}
        max={topics.length}
      />
      <p className={styles.next}>
        Next: <a href={next.href}>{next.text}</a>
      </p>
    </div>
  );
}

interface TotalProps {
  label: string;
  value: number;
  max: number;
}

function Total({ label, value, max }: TotalProps) {
  const id = useId();
  return (
    <div className={styles.total}>
      <label htmlFor={id}>{label}</label>
      <span className={styles.count}>
        {value} of {max}
      </span>
      <progress id={id} className={styles.bar} value={value} max={max || 1} />
    </div>
  );
}
