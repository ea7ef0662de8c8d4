import styles from './exchange-view.module.css';
import { whatCachesMay } from './what-caches-may.ts';

interface CacheSaysProps {
  /** Of an answer. */
  body: string;
}

/** What a cache on the way may do with an answer, where the server says so. */
export function CacheSays({ body }: CacheSaysProps) {
  const says = whatCachesMay(body);
  if (says === undefined) return null;
  return (
    <details>
      <summary>What a cache makes of it</summary>
      <p className={styles.message}>{says}</p>
    </details>
  );
}
