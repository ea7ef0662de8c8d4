import { Heading } from '../text/heading.tsx';
import { HostileText } from '../text/hostile-text.tsx';
import styles from './findings.module.css';

interface SentenceListProps {
  title: string;
  /** They may quote the target, so they are hostile too. */
  sentences: string[];
}

const MOST_SENTENCES = 20;

export function SentenceList({ title, sentences }: SentenceListProps) {
  if (sentences.length === 0) return null;
  return (
    <div>
      <Heading depth={3} className={styles.title}>
        {title}
      </Heading>
      <ul className={styles.list}>
        {sentences.slice(0, MOST_SENTENCES).map((sentence, i) => (
          <li key={i}>
            <HostileText text={sentence} fold={600} />
          </li>
        ))}
      </ul>
      {sentences.length > MOST_SENTENCES && <p>And {sentences.length - MOST_SENTENCES} more.</p>}
    </div>
  );
}
