import type { TopicSummary } from '../../lab-api.ts';
import { TopicLink } from '../flow/topic-link.tsx';
import { benches } from '../layout/areas.ts';
import { usePageChange } from '../layout/use-page-change.ts';
import styles from './benches-page.module.css';
import toolPage from './tool-page.module.css';

interface BenchesPageProps {
  topics: TopicSummary[];
}

/** Where one topic can be seen at work. */
export function BenchesPage({ topics }: BenchesPageProps) {
  usePageChange('benches', 'Benches');
  return (
    <div className={toolPage.page}>
      <div className={toolPage.intro}>
        <h1 tabIndex={-1}>Benches</h1>
        <p>
          A console shows whether an attack worked. A bench shows how a thing works inside, on the
          same three servers.
        </p>
      </div>
      <ul className={styles.benches}>
        {benches.map(({ href, title, slug, about }) => (
          <li key={href} className={styles.bench}>
            <h2 className={styles.title}>
              <a href={href}>{title}</a>
            </h2>
            <p>{about}</p>
            <p className={styles.topic}>
              <TopicLink slug={slug} topics={topics} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
