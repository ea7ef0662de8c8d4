import { lazy, Suspense, useRef, useState } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { AttackConsole } from '../console/attack-console.tsx';
import { findItem, itemsOf } from '../console/console-item.ts';
import type { Answered } from '../console/judgement.ts';
import { usePageChange } from '../layout/use-page-change.ts';
import { WaitingBar } from '../layout/waiting-bar.tsx';
import { LessonColumn } from '../lesson/lesson-column.tsx';
import { attackHref, ordinaryUseHref } from '../place.ts';
import { ToolPane } from '../tools/tool-pane.tsx';
import styles from './workbench.module.css';

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
}

/** Lesson and console of one topic. */
export function Workbench({ topic, topics, anchor, openedId, openedVariant }: WorkbenchProps) {
  const items = itemsOf(topic);
  const [pickedId, setPickedId] = useState(openedId ?? items[0]?.id);
  if (openedId !== undefined && openedId !== pickedId) setPickedId(openedId);
  const item = findItem(items, openedId ?? pickedId) ?? items[0];
  const [tool, setTool] = useState('attacks');
  const [openedBefore, setOpenedBefore] = useState(openedId);
  if (openedId !== openedBefore) {
    setOpenedBefore(openedId);
    // Whoever follows a link to an attack wants to see the attack.
    if (openedId !== undefined) setTool('attacks');
  }
  const wide = openedId !== undefined;
  const [answered, setAnswered] = useState<Answered>();
  const consoleRef = useRef<HTMLElement>(null);

  const pageTitle = wide && item ? item.title : `${topic.number} ${topic.title}`;
  usePageChange(`${topic.slug}:${wide ? 'console' : 'lesson'}`, pageTitle);

  function pick(id: string): void {
    const kind = findItem(items, id)?.kind;
    if (wide) location.hash = kind === 'use' ? ordinaryUseHref(id) : attackHref(id);
    else setPickedId(id);
  }

  return (
    <div className={wide ? styles.wide : styles.bench}>
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
          aria-label={`Attack console, ${topic.title}`}
          tabIndex={wide ? -1 : 0}
        >
          <ToolPane
            shown={tool}
            onShow={setTool}
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
            ]}
          />
        </section>
      )}
    </div>
  );
}
