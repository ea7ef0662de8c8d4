import { topicHref } from '../place.ts';
import { Prose } from '../text/prose.tsx';
import type { ConsoleItem } from './console-item.ts';
import styles from './item-brief.module.css';

interface ItemBriefProps {
  item: ConsoleItem;
  slug: string;
}

/** What is about to be fired, and what the attacker hopes for. */
export function ItemBrief({ item, slug }: ItemBriefProps) {
  return (
    <div className={styles.brief}>
      <p className={styles.facts}>
        {kindOf(item)}
        {item.lessonAnchor !== '' && (
          <>
            {' · '}
            <a href={topicHref(slug, item.lessonAnchor)}>where the lesson explains it</a>
          </>
        )}
      </p>
      <p>
        <Prose text={item.kind === 'attack' ? item.story : item.why} />
      </p>
      {item.kind === 'use' && !item.worksOnBaseline && (
        <p>The baseline does not manage this: some of its mistakes break ordinary use as well.</p>
      )}
    </div>
  );
}

function kindOf({ kind, level }: ConsoleItem): string {
  if (kind === 'attack') return `${capitalise(level)} attack`;
  return level === 'stretch' ? 'Stretch ordinary use' : 'Ordinary use';
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
