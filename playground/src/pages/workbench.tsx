import { lazy, Suspense, useRef, useState } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { useChecksOptions } from '../checks/use-checks-options.ts';
import { AttackConsole } from '../console/attack-console.tsx';
import { findItem, itemsOf } from '../console/console-item.ts';
import type { Answered } from '../console/judgement.ts';
import { usePageChange } from '../layout/use-page-change.ts';
import { WaitingBar } from '../layout/waiting-bar.tsx';
import { LessonColumn } from '../lesson/lesson-column.tsx';
import { attackHref, ordinaryUseHref } from '../place.ts';
import { ToolPane } from '../tools/tool-pane.tsx';
import { useShownTool } from '../tools/use-shown-tool.ts';
import styles from './workbench.module.css';

const ChecksTool = lazy(async () => ({
  default: (await import('../checks/checks-tool.tsx')).ChecksTool,
}));
const StubTool = lazy(async () => ({
  default: (await import('../stub-editor/stub-tool.tsx')).StubTool,
}));

interface WorkbenchProps {
  topic: TopicSummary;
  topics: TopicSummary[];
  /** Heading of the lesson to show. */
  anchor: string | undefined;
  /** The attack or ordinary use to show in a console of full width; without it, lesson and console. */
  openedId: string | undefined;
  /** Of the attack that is opened, the payload to begin with. */
  openedVariant: string | undefined;
  /** The checks are to be shown, in full width too. */
  checksOpened: boolean;
}

/** Lesson and tools of one topic. */
export function Workbench(props: WorkbenchProps) {
  const { topic, topics, anchor, openedId, openedVariant, checksOpened } = props;
  const items = itemsOf(topic);
  const [pickedId, setPickedId] = useState(openedId ?? items[0]?.id);
  if (openedId !== undefined && openedId !== pickedId) setPickedId(openedId);
  const item = findItem(items, openedId ?? pickedId) ?? items[0];
  const wide = openedId !== undefined || checksOpened;
  const openedTool = checksOpened ? 'checks' : openedId === undefined ? undefined : 'attacks';
  const [shownTool, showTool] = useShownTool<string>(
    openedTool,
    'attacks',
    checksOpened ? 'checks' : openedId,
  );
  const checksOptions = useChecksOptions(topic.slug);
  const [answered, setAnswered] = useState<Answered>();
  const consoleRef = useRef<HTMLElement>(null);

  const topicTitle = `${topic.number} ${topic.title}`;
  const wideTitle = checksOpened ? `Checks of ${topicTitle}` : item?.title;
  usePageChange(
    `${topic.slug}:${openedTool ?? 'lesson'}`,
    wide && wideTitle !== undefined ? wideTitle : topicTitle,
  );

  function pick(id: string): void {
    const kind = findItem(items, id)?.kind;
    if (wide) location.hash = kind === 'use' ? ordinaryUseHref(id) : attackHref(id);
    else setPickedId(id);
  }

  return (
    <div className={wide ? styles.wide : styles.study}>
      {!wide && (
        <div className={styles.lesson}>
          <LessonColumn
            topic={topic}
            topics={topics}
            anchor={anchor}
            onGoToConsole={item && (() => consoleRef.current?.focus())}
          />
        </div>
      )}
      {item && (
        <section
          ref={consoleRef}
          className={styles.console}
          aria-label={`Tools, ${topic.title}`}
          tabIndex={wide ? -1 : 0}
        >
          <ToolPane
            shown={shownTool}
            onShow={showTool}
            tools={[
              {
                id: 'attacks',
                title: 'Attacks',
                content: (
                  <AttackConsole
                    key={openedVariant}
                    topic={topic}
                    items={items}
                    item={item}
                    openedVariant={openedVariant}
                    wide={wide}
                    onPick={pick}
                    onAnswer={setAnswered}
                  />
                ),
              },
              {
                id: 'files',
                title: topic.stubs.length === 1 ? 'Your file' : 'Your files',
                content: (
                  <Suspense fallback={<WaitingBar label="Loading the editor" />}>
                    <StubTool topic={topic} wide={wide} answered={answered} />
                  </Suspense>
                ),
              },
              {
                id: 'checks',
                title: 'Checks',
                content: (
                  <Suspense fallback={<WaitingBar label="Loading the checks" />}>
                    <ChecksTool
                      topic={topic}
                      options={checksOptions}
                      wide={wide}
                      shown={shownTool === 'checks'}
                      onFollow={() => showTool('attacks')}
                    />
                  </Suspense>
                ),
              },
            ]}
          />
        </section>
      )}
    </div>
  );
}
