import { useRef, useState } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { useHints } from '../lab-client/use-hints.ts';
import { topicHref } from '../place.ts';
import { Heading } from '../text/heading.tsx';
import hidden from '../text/hidden.module.css';
import { Prose } from '../text/prose.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './topic-hints.module.css';

interface TopicHintsProps {
  topic: TopicSummary;
}

/** From a nudge to nearly the answer, one more each time, as `npm run hint` gives them. */
export function TopicHints({ topic }: TopicHintsProps) {
  const { shown, problem, showNext } = useHints(topic.slug);
  const [asked, setAsked] = useState(false);
  const heading = useRef<HTMLDivElement>(null);
  const hints = shown?.hints ?? [];
  const left = shown ? shown.all - hints.length : undefined;

  async function ask(): Promise<void> {
    setAsked(true);
    // The button goes away with the last hint, and the focus would be lost.
    if (left === 1) heading.current?.focus();
    await showNext();
  }

  return (
    <section className={styles.hints} aria-label="Hints">
      <div ref={heading} tabIndex={-1}>
        <Heading depth={1} className={styles.title}>
          Hints
        </Heading>
      </div>
      {hints.length > 0 && (
        <ol className={styles.list}>
          {hints.map((hint) => (
            <li key={hint}>
              <Prose text={hint} />
            </li>
          ))}
        </ol>
      )}
      {left === 0 ? (
        <p className={styles.note}>
          That is all of them. <a href={topicHref(topic.slug)}>The lesson</a> says more.
        </p>
      ) : (
        <p className={styles.ask}>
          <button type="button" onClick={() => void ask()}>
            {hints.length === 0 ? 'Show a hint' : 'Show one more hint'}
          </button>{' '}
          <span className={styles.note}>
            {left === undefined
              ? 'There are three, from a nudge to nearly the answer.'
              : `${left} left`}
          </span>
        </p>
      )}
      <StatusRegion className={problem === undefined ? hidden.hidden : styles.problem}>
        {problem ?? (asked && hints.length > 0 && `Hint ${hints.length}: ${hints.at(-1)}`)}
      </StatusRegion>
    </section>
  );
}
