import type { TopicSummary } from '../../lab-api.ts';
import { useLab } from '../lab/lab-context.ts';
import { standingOf } from '../layout/topic-standing.ts';
import { outlineOf } from '../lesson/outlines.ts';
import { topicHref } from '../place.ts';
import { Icon } from '../text/icon.tsx';
import { Prose } from '../text/prose.tsx';
import { ScrollRegion } from '../text/scroll-region.tsx';
import styles from './topic-table.module.css';

interface TopicTableProps {
  topics: TopicSummary[];
}

export function TopicTable({ topics }: TopicTableProps) {
  const { progress } = useLab();
  return (
    <ScrollRegion label="Table of topics" className={styles.region}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Topic</th>
            <th scope="col">What it is about</th>
            <th scope="col">To read</th>
            <th scope="col">Where you are</th>
          </tr>
        </thead>
        <tbody>
          {topics.map((topic) => {
            const standing = standingOf(topic, progress[topic.slug]);
            return (
              <tr key={topic.slug}>
                <td className={styles.number}>{topic.number}</td>
                <th scope="row">
                  <a href={topicHref(topic.slug)}>{topic.title}</a>
                </th>
                <td>
                  <Prose text={topic.summary} />
                </td>
                <td className={styles.minutes}>{minutesToRead(topic.slug)}</td>
                <td className={standing.finished ? styles.finished : styles.standing}>
                  <Icon name={standing.icon} /> {standing.text}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function minutesToRead(slug: string): string {
  const minutes = outlineOf(slug)?.minutes;
  return minutes === undefined ? '' : `${minutes} min`;
}
