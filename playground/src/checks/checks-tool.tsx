import type { ComponentProps } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { useGrading } from '../lab-client/grading-context.ts';
import { HeadingLevelAbove } from '../text/heading-level.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { Icon } from '../text/icon.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import { useLoadProblem } from '../stub-editor/use-load-problem.ts';
import { CheckList } from './check-list.tsx';
import styles from './checks-tool.module.css';
import { ChecksForm } from './checks-form.tsx';
import { describeTopicGrade } from './describe-grade.ts';
import { GradeProblems } from './grade-problems.tsx';
import { PassedPanel } from './passed-panel.tsx';
import { LastGrade } from './last-grade.tsx';
import { TopicHints } from './topic-hints.tsx';
import { TrackHolds } from './track-holds.tsx';
import type { ChecksOptions } from './use-checks-options.ts';

interface ChecksToolProps {
  topic: TopicSummary;
  options: ChecksOptions;
  shown: boolean;
  /** A link to an attack or an ordinary use is followed. */
  onFollow: () => void;
}

/** `npm run grade` of one topic, on the page. */
export function ChecksTool({ topic, options, shown, onFollow }: ChecksToolProps) {
  const { now } = useGrading();
  const isAsked = now.asked.includes(topic.slug);
  const graded = now.topics[topic.slug];
  const loadProblem = useLoadProblem(topic.slug);
  const running = isAsked && now.state === 'running' && !graded?.isThrough;

  return (
    <HeadingLevelAbove value={2}>
      <section className={styles.tool} aria-label={`Checks of ${topic.title}`}>
        <h2 className={styles.title}>Checks</h2>
        <p className={styles.about}>
          Every attack of this topic with all of its payloads, and ordinary use, against your files.
          It is what <code>npm run grade -- {topic.number}</code> does in a terminal, and the result
          is kept as your latest grade.
        </p>
        {loadProblem !== undefined && (
          <div className={styles.broken}>
            <p>
              <Icon name="notRun" /> <strong>As saved, your files do not load.</strong> No check can
              run, and nothing that was solved counts until they do.
            </p>
            <HostileText text={loadProblem} as="block" fold={600} />
          </div>
        )}
        <ChecksForm topic={topic} options={options} running={running} shown={shown} />
        <StatusRegion className={styles.status}>
          {isAsked && !running && <p>{describeTopicGrade(now, topic.slug)}</p>}
        </StatusRegion>
        {graded?.isStale && !running && (
          <p className={styles.stale}>
            A file was saved since these checks began. Run them again to see what it changed.
          </p>
        )}
        {isAsked && <GradeProblems problems={now.problems} />}
        {graded?.isThrough && graded.checks.every(({ state }) => state === 'passed') && (
          <Passed topic={topic} graded={graded} />
        )}
        {graded ? (
          <CheckList topic={topic} graded={graded} onFollow={onFollow} />
        ) : (
          <LastGrade topic={topic} onFollow={onFollow} />
        )}
        <TopicHints topic={topic} />
      </section>
    </HeadingLevelAbove>
  );
}

function Passed(props: ComponentProps<typeof PassedPanel>) {
  return props.graded.onlyTrack ? <TrackHolds topic={props.topic} /> : <PassedPanel {...props} />;
}
