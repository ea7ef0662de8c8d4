import {
  lazy,
  memo,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
  type CSSProperties,
} from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { usePageAction } from '../actions/use-page-action.ts';
import { useChecksOptions } from '../checks/use-checks-options.ts';
import { AttackTool } from '../console/attack-tool.tsx';
import { findItem, itemsOf, type ConsoleItem } from '../console/console-item.ts';
import { FiringFoot } from '../console/firing-foot.tsx';
import { useFiringBench } from '../console/use-firing-bench.ts';
import { usePageChange } from '../layout/use-page-change.ts';
import { WaitingBar } from '../layout/waiting-bar.tsx';
import { LessonColumn } from '../lesson/lesson-column.tsx';
import { LessonFiringContext } from '../lesson/lesson-firing.ts';
import { FIX, keepTrackPlace } from '../lesson/track-place.ts';
import { attackHref, ordinaryUseHref } from '../place.ts';
import { ToolPane } from '../tools/tool-pane.tsx';
import { useShownTool } from '../tools/use-shown-tool.ts';
import { Lanes } from '../way/lanes.tsx';
import { PaneGrip } from '../workbench/pane-grip.tsx';
import { useIsWide } from '../workbench/use-is-wide.ts';
import { useKeptWidth } from '../workbench/use-kept-width.ts';
import styles from './workbench.module.css';

const ChecksTool = lazy(async () => ({
  default: (await import('../checks/checks-tool.tsx')).ChecksTool,
}));
const StubTool = lazy(async () => ({
  default: (await import('../stub-editor/stub-tool.tsx')).StubTool,
}));

/** A long text, which need not be drawn again with every letter of a payload. */
const Lesson = memo(LessonColumn);

type ToolId = 'lesson' | 'attacks' | 'files' | 'checks';

interface WorkbenchProps {
  topic: TopicSummary;
  topics: TopicSummary[];
  /** Heading of the lesson to show. */
  anchor: string | undefined;
  /** The attack or ordinary use that the address asks for. */
  openedId: string | undefined;
  /** Of the attack that is opened, the payload to begin with. */
  openedVariant: string | undefined;
  /** The address asks for the checks. */
  checksOpened: boolean;
  /** Of the checks, those of the fast track. */
  onTrack: boolean;
}

/** Lesson and tools of one topic. */
export function Workbench(props: WorkbenchProps) {
  const { topic, topics, anchor, openedId, openedVariant, checksOpened, onTrack } = props;
  const items = itemsOf(topic);
  const opened = findItem(items, openedId);
  const title = `${topic.number} ${topic.title}`;
  usePageChange(topic.slug, checksOpened ? `Checks of ${title}` : (opened?.title ?? title));

  if (!items[0]) {
    return (
      <div className={styles.lesson}>
        <LessonColumn topic={topic} topics={topics} anchor={anchor} shown onGoToTools={undefined} />
      </div>
    );
  }
  return (
    <Bench
      {...{ topic, topics, items, anchor, opened, openedVariant, checksOpened, onTrack }}
      first={items[0]}
    />
  );
}

interface BenchProps extends Omit<WorkbenchProps, 'openedId'> {
  items: ConsoleItem[];
  first: ConsoleItem;
  opened: ConsoleItem | undefined;
}

function Bench(props: BenchProps) {
  const { topic, topics, items, first, anchor, opened, openedVariant, checksOpened } = props;
  const { onTrack } = props;
  const isWide = useIsWide();
  const [full, setFull] = useState(false);
  const [width, setWidth] = useKeptWidth();
  const [pickedId, setPickedId] = useState(first.id);
  const [openedBefore, setOpenedBefore] = useState<string>();
  if (opened?.id !== openedBefore) {
    setOpenedBefore(opened?.id);
    if (opened) setPickedId(opened.id);
  }
  const asked = checksOpened ? 'checks' : opened ? 'attacks' : undefined;
  const address = `${asked ?? anchor}:${opened?.id}:${openedVariant}`;
  // Beside the lesson, a link into it changes nothing; in its place, it brings the lesson back.
  const wanted = asked ?? (isWide ? undefined : 'lesson');
  const [tool, showTool] = useShownTool<ToolId>(wanted, 'lesson', address);
  const [addressBefore, setAddressBefore] = useState(address);
  if (address !== addressBefore) {
    setAddressBefore(address);
    if (asked === undefined) setFull(false);
  }
  const shownTool = isWide && tool === 'lesson' ? 'attacks' : tool;
  const lessonShown = isWide ? !full : tool === 'lesson';
  const item = findItem(items, pickedId) ?? first;
  const bench = useFiringBench({
    topic,
    items,
    item,
    opened:
      opened && openedVariant !== undefined ? { id: opened.id, variant: openedVariant } : undefined,
    show: setPickedId,
  });
  const checksOptions = useChecksOptions(topic.slug, onTrack);
  const tools = useRef<HTMLElement>(null);
  useEffect(() => {
    if (onTrack) keepTrackPlace({ slug: topic.slug, at: FIX });
  }, [onTrack, topic.slug]);

  function pick(id: string): void {
    setPickedId(id);
    const kind = findItem(items, id)?.kind;
    // In place of the address before: going back leaves the topic, and not the attack.
    location.replace(kind === 'use' ? ordinaryUseHref(id) : attackHref(id));
  }
  function open(id: ToolId): void {
    showTool(id);
    tools.current?.querySelector<HTMLElement>(`[role=tab][data-tool=${id}]`)?.focus();
  }
  usePageAction('attacks', () => open('attacks'));
  usePageAction('files', () => open('files'));
  usePageAction('checks', () => open('checks'));
  usePageAction('full', isWide ? () => setFull(!full) : undefined);

  const lanes = <Lanes slug={topic.slug} run={bench.run} />;
  const goToTools = useCallback(() => {
    if (!isWide) showTool('attacks');
    tools.current?.focus();
  }, [isWide, showTool]);
  const firing = {
    shown: item.id,
    latest: bench.latest,
    knows: (id: string) => findItem(items, id) !== undefined,
    showAndFire(id: string, variant?: string) {
      // Where there is room for one of them only, the lesson stays, with the verdicts below it.
      if (isWide) showTool('attacks');
      bench.showAndFire(id, variant);
    },
  };

  return (
    <div
      className={full && isWide ? styles.full : styles.bench}
      data-tool={shownTool}
      style={{ '--pane': `${width}%` } as CSSProperties}
    >
      <div className={styles.lesson} hidden={!lessonShown}>
        <LessonFiringContext value={firing}>
          <Lesson
            topic={topic}
            topics={topics}
            anchor={anchor}
            shown={lessonShown}
            onGoToTools={goToTools}
          />
        </LessonFiringContext>
      </div>
      <section
        ref={tools}
        className={styles.pane}
        aria-label={`Tools, ${topic.title}`}
        tabIndex={-1}
      >
        {isWide && !full && <PaneGrip percent={width} onWiden={setWidth} />}
        {!lessonShown && (
          <h1 className={styles.unseenTitle} tabIndex={-1}>
            {topic.title}
          </h1>
        )}
        <ToolPane
          shown={shownTool}
          onShow={showTool}
          full={isWide ? { is: full, toggle: () => setFull(!full) } : undefined}
          tools={[
            ...(isWide ? [] : [{ id: 'lesson' as const, title: 'Lesson', content: undefined }]),
            {
              id: 'attacks',
              title: 'Attack',
              content: (
                <AttackTool topic={topic} items={items} bench={bench} onPick={pick}>
                  {!isWide && lanes}
                </AttackTool>
              ),
            },
            {
              id: 'files',
              title: topic.stubs.length === 1 ? 'Your file' : 'Your files',
              content: (
                <Suspense fallback={<WaitingBar label="Loading the editor" />}>
                  <StubTool topic={topic} />
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
                    shown={shownTool === 'checks'}
                    onFollow={() => showTool('attacks')}
                  />
                </Suspense>
              ),
            },
          ]}
          foot={
            <FiringFoot bench={bench} withKey={shownTool !== 'checks'}>
              {isWide && lanes}
            </FiringFoot>
          }
        />
      </section>
    </div>
  );
}
