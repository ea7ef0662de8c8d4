import { usePageChange } from '../layout/use-page-change.ts';
import { startHref, type Place } from '../place.ts';
import { HostileText } from '../text/hostile-text.tsx';
import styles from './plain-page.module.css';

interface UnknownPageProps {
  place: Place;
}

const nouns: Partial<Record<Place['page'], string>> = {
  topic: 'topic',
  attack: 'attack',
  use: 'ordinary use',
};

export function UnknownPage({ place }: UnknownPageProps) {
  const name = 'id' in place ? place.id : 'slug' in place ? place.slug : '';
  usePageChange(`unknown:${name}`, 'Not found');
  return (
    <div className={styles.page}>
      <h1 tabIndex={-1}>There is no such {nouns[place.page] ?? 'page'}</h1>
      {name !== '' && (
        <p>
          This copy of the workbook does not know{' '}
          <code>
            <HostileText text={name} />
          </code>
          .
        </p>
      )}
      <p>
        <a href={startHref}>Go to the table of topics</a>
      </p>
    </div>
  );
}
