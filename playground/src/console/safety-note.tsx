import { pageOfTopic } from './page-of-topic.ts';
import styles from './safety-note.module.css';

/** Why nothing here does harm, and where else the topic can be tried. */
export function SafetyNote({ slug }: { slug: string }) {
  const page = pageOfTopic[slug];
  return (
    <p className={styles.note}>
      Try anything you like: the shell, the files and the database behind these servers are in
      memory, and everything listens on this machine only. Nothing you send here can do harm outside
      the lab.
      {page && (
        <>
          {' '}
          {page.why}: <a href={page.href}>{page.link}</a>.
        </>
      )}
    </p>
  );
}
