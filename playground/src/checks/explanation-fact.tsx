import type { Fact } from '../../../grader/explanation.ts';
import { readPlace } from '../place.ts';
import { HostileText } from '../text/hostile-text.tsx';
import styles from './check-explanation.module.css';

interface ExplanationFactProps {
  fact: Fact;
  /** A link to an attack or an ordinary use is followed. */
  onFollow: () => void;
}

/** These quote requests, answers and code. */
const QUOTES = ['Sent', 'Got', 'Executed', 'In your file'];

/** One line of an explanation: sent, got, executed, expected and the like. */
export function ExplanationFact({ fact, onFollow }: ExplanationFactProps) {
  const { label, lines, place } = fact;
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{label}</dt>
      <dd>
        {place === undefined ? (
          <HostileText
            text={lines.join('\n')}
            as={QUOTES.includes(label) ? 'block' : 'inline'}
            fold={1200}
          />
        ) : (
          <PlaceLink place={place} onFollow={onFollow} />
        )}
      </dd>
    </div>
  );
}

interface PlaceLinkProps {
  /** Begins with `#/`. */
  place: string;
  onFollow: () => void;
}

function PlaceLink({ place: href, onFollow }: PlaceLinkProps) {
  const place = readPlace(href.slice(1));
  if (place.page !== 'attack' && place.page !== 'use') return <a href={href}>Read about it</a>;
  return (
    <a href={href} onClick={onFollow}>
      Open {place.id}
      {place.page === 'attack' && place.variant !== undefined && <> with “{place.variant}”</>}
    </a>
  );
}
