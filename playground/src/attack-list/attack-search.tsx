import { useState } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './attack-search.module.css';
import { FoundTopic } from './found-topic.tsx';
import { findAttacks } from './find-attacks.ts';

interface AttackSearchProps {
  topics: TopicSummary[];
}

/** All attacks by topic, and a field that leaves those with all of its words. */
export function AttackSearch({ topics }: AttackSearchProps) {
  const [query, setQuery] = useState('');
  const found = findAttacks(topics, query);
  const count = found.reduce((sum, { attacks }) => sum + attacks.length, 0);
  return (
    <div className={styles.search}>
      <label className={styles.label}>
        Search the attacks
        <input
          type="search"
          className={styles.field}
          value={query}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setQuery(event.target.value)}
        />
      </label>
      <StatusRegion className={styles.count}>
        {count === 0
          ? 'No attack has all of these words.'
          : `${count} ${count === 1 ? 'attack' : 'attacks'}`}
      </StatusRegion>
      {found.map(({ topic, attacks }) => (
        <FoundTopic key={topic.slug} topic={topic} attacks={attacks} />
      ))}
    </div>
  );
}
