import type { ReactNode } from 'react';
import type { TopicProgress, TopicSummary } from '../../lab-api.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { topicHref } from '../place.ts';
import { ScrollRegion } from '../text/scroll-region.tsx';
import styles from './topic-table.module.css';

/** What a table says of each topic. A narrow page has no room for titles, so cells speak for themselves. */
export interface TopicColumn {
  title: string;
  cell: (topic: TopicSummary, progress: TopicProgress) => ReactNode;
}

interface TopicTableProps {
  topics: TopicSummary[];
  columns: TopicColumn[];
}

export function TopicTable({ topics, columns }: TopicTableProps) {
  const { progress } = useLab();
  return (
    <ScrollRegion label="Table of topics" className={styles.region}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Topic</th>
            {columns.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {topics.map((topic) => (
            <tr key={topic.slug}>
              <td className={styles.number}>{topic.number}</td>
              <th scope="row">
                <a href={topicHref(topic.slug)}>{topic.title}</a>
              </th>
              {columns.map(({ title, cell }) => (
                <td key={title}>{cell(topic, progress[topic.slug] ?? {})}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
