import type { TopicSummary } from '../../lab-api.ts';
import { TopicLink } from '../flow/topic-link.tsx';
import { studies } from '../layout/areas.ts';
import { usePageChange } from '../layout/use-page-change.ts';
import styles from './studies-page.module.css';
import toolPage from './tool-page.module.css';

interface StudiesPageProps {
  topics: TopicSummary[];
}

/** Where one topic can be seen at work. */
export function StudiesPage({ topics }: StudiesPageProps) {
  usePageChange('studies', 'Studies');
  return (
    <div className={toolPage.page}>
      <div className={toolPage.intro}>
        <h1 tabIndex={-1}>Studies</h1>
        <p>
          A console shows whether an attack worked. A study shows how a thing works inside, on the
          same three servers.
        </p>
      </div>
      <ul className={styles.studies}>
        {studies.map(({ href, title, slug, about }) => (
          <li key={href} className={styles.study}>
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
