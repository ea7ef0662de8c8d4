import type { TopicSummary } from '../../lab-api.ts';
import { TopicLink } from '../flow/topic-link.tsx';
import { usePageChange } from '../layout/use-page-change.ts';
import { TokenView } from '../tokens/token-view.tsx';
import styles from './tool-page.module.css';

interface TokensPageProps {
  topics: TopicSummary[];
}

export function TokensPage({ topics }: TokensPageProps) {
  usePageChange('tokens', 'Tokens, taken apart');
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1 tabIndex={-1}>Tokens, taken apart</h1>
        <p>
          An access token is two pieces of JSON and a signature over both. Get a real one, read what
          it says, forge another out of it, and present that to all three servers. Which of them
          believes it, and what should have made it refuse?
        </p>
        <p>
          <TopicLink slug="05-access-tokens" topics={topics} /> is about writing one that refuses.
        </p>
      </div>
      <TokenView />
    </div>
  );
}
