import { useState } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { KeyHint } from '../actions/key-hint.tsx';
import { pageActions } from '../actions/page-actions.ts';
import { usePageAction } from '../actions/use-page-action.ts';
import type { TopicNow } from '../lab-client/grade-run.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { topicHref } from '../place.ts';
import { nextStep } from '../progress/next-step.ts';
import { tallyOf } from '../progress/topic-tally.ts';
import { Icon } from '../text/icon.tsx';
import styles from './passed-panel.module.css';
import { ReferenceBeside } from './reference-beside.tsx';

interface PassedPanelProps {
  topic: TopicSummary;
  graded: TopicNow;
}

/** What the learner has achieved, how else it could be written, and where to go from here. */
export function PassedPanel({ topic, graded }: PassedPanelProps) {
  const { catalogue, progress } = useLab();
  const [beside, setBeside] = useState(false);
  const stopped = graded.checks.filter(({ kind }) => kind === 'attack');
  const uses = graded.checks.filter(({ kind }) => kind === 'use').length;
  const topics = catalogue.state === 'ready' ? catalogue.catalogue.topics : [];
  // The page may hear of its own grade a moment later.
  const all = graded.checks.length;
  const grade = { passed: all, all, failed: [], at: '' };
  const known = { ...progress, [topic.slug]: { ...progress[topic.slug], grade } };
  const next = nextStep(topics, known);
  const { lessonDone, quiz } = tallyOf(topic, known[topic.slug]);
  usePageAction('goOn', () => (location.hash = next.href));
  return (
    <section className={styles.panel} aria-label="Passed">
      <h3 className={styles.title}>
        <Icon name="blocked" /> {topic.number} {topic.title}: solved
      </h3>
      <p>
        Your server stops {stopped.length === 1 ? 'the attack' : `all ${stopped.length} attacks`} of
        this topic, and {uses === 1 ? 'ordinary use goes' : `${uses} kinds of ordinary use go`} on.
      </p>
      <ul className={styles.stopped}>
        {stopped.map(({ id, title }) => (
          <li key={id}>
            <Icon name="blocked" /> {title}
          </li>
        ))}
      </ul>
      {graded.earlierMistakes.length > 0 && (
        <div>
          <p>What it was before you mended it:</p>
          <ul className={styles.mistakes}>
            {graded.earlierMistakes.map((mistake) => (
              <li key={mistake}>{mistake}</li>
            ))}
          </ul>
        </div>
      )}
      <details onToggle={(event) => setBeside(event.currentTarget.open)}>
        <summary className={styles.summary}>
          {topic.stubs.length === 1 ? 'Your file' : 'Your files'} beside the reference
        </summary>
        {beside && topic.stubs.map((file) => <ReferenceBeside key={file} file={file} />)}
      </details>
      <p className={styles.next}>
        <a className={styles.go} href={next.href}>
          {next.text}
        </a>
        <KeyHint keys={pageActions.goOn.keys} />
        {!lessonDone && (
          <a href={topicHref(topic.slug, 'quiz')}>
            Answer the quiz ({quiz.right} of {quiz.all} right)
          </a>
        )}
      </p>
    </section>
  );
}
