import { lazy, Suspense, useEffect } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { usePageAction } from '../actions/use-page-action.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Prose } from '../text/prose.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './lesson-column.module.css';
import { goToNeighbour } from './go-to-heading.ts';
import { LessonContentsFold } from './lesson-contents-fold.tsx';
import { LessonPager } from './lesson-pager.tsx';
import { LessonText } from './lesson-text.tsx';
import { outlineOf } from './outlines.ts';
import { keepTrackPlace } from './track-place.ts';
import { useLesson } from './use-lesson.ts';
import { WhenNear } from './when-near.tsx';
import { useLessonPlace } from '../workbench/use-lesson-place.ts';

const QUIZ = 'quiz';
/** Stands below the text, and is loaded when a reader comes near it. */
const Quiz = lazy(async () => ({ default: (await import('./quiz.tsx')).Quiz }));

interface LessonColumnProps {
  topic: TopicSummary;
  topics: TopicSummary[];
  anchor: string | undefined;
  /** Whether it is on the page now, and not one of its tools in its place. */
  shown: boolean;
  /** Absent when the topic has no tools. */
  onGoToTools: (() => void) | undefined;
}

export function LessonColumn(props: LessonColumnProps) {
  const { topic, topics, anchor, shown, onGoToTools } = props;
  const { mark } = useLab();
  const state = useLesson(topic.slug);
  const minutes = outlineOf(topic.slug)?.minutes;
  const opened = state.state === 'ready';

  useLessonPlace(topic.slug, shown, opened, anchor !== undefined);
  usePageAction('console', onGoToTools);
  usePageAction('nextSection', shown ? () => goToNeighbour(1) : undefined);
  usePageAction('previousSection', shown ? () => goToNeighbour(-1) : undefined);
  usePageAction('print', () => window.print());

  useEffect(() => {
    if (opened) mark(topic.slug, { read: true });
  }, [opened, topic.slug, mark]);

  const isOnTrack = outlineOf(topic.slug)?.sections.some(
    ({ id, fastTrackMinutes }) => id === anchor && fastTrackMinutes !== undefined,
  );
  useEffect(() => {
    if (isOnTrack && anchor !== undefined) keepTrackPlace({ slug: topic.slug, at: anchor });
  }, [isOnTrack, topic.slug, anchor]);

  return (
    <article className={styles.column}>
      <header className={styles.head}>
        <p className={styles.facts}>
          Topic {topic.number}
          {minutes !== undefined && <> · {minutes} minutes to read</>}
        </p>
        <h1 tabIndex={-1}>{topic.title}</h1>
        <p className={styles.summary}>
          <Prose text={topic.summary} />
        </p>
        {topic.stubs.length > 0 && (
          <p className={styles.facts}>
            Your work:{' '}
            {topic.stubs.map((stub, i) => (
              <span key={stub}>
                {i > 0 && ', '}
                <code>{stub}</code>
              </span>
            ))}
          </p>
        )}
        <LessonContentsFold slug={topic.slug} />
      </header>

      {state.state === 'loading' && <StatusRegion>Loading the lesson…</StatusRegion>}
      {state.state === 'missing' && (
        <p className={styles.notice}>
          The text of this lesson is not in this copy. Its tools work all the same.
        </p>
      )}
      {state.state === 'failed' && (
        <div className={styles.notice}>
          <p>The lesson could not be loaded. Reload the page to try again.</p>
          <HostileText text={state.message} as="block" />
        </div>
      )}
      {state.state === 'ready' && (
        <>
          <LessonText slug={topic.slug} lesson={state.lesson} anchor={anchor} />
          <WhenNear wanted={anchor === QUIZ}>
            <Suspense>
              <Quiz
                slug={topic.slug}
                questions={state.lesson.frontmatter.quiz}
                opened={anchor === QUIZ}
              />
            </Suspense>
          </WhenNear>
        </>
      )}
      {state.state !== 'loading' && <LessonPager slug={topic.slug} topics={topics} />}
    </article>
  );
}
