import { useState } from 'react';
import type { TargetName, TopicSummary } from '../../lab-api.ts';
import { usePageAction } from '../actions/use-page-action.ts';
import { HeadingLevelAbove } from '../text/heading-level.ts';
import styles from './attack-console.module.css';
import { checkPayload } from './check-payload.ts';
import { ConsoleHead } from './console-head.tsx';
import { findItem, type ConsoleItem } from './console-item.ts';
import { FiredShots } from './fired-shots.tsx';
import { FiringForm } from './firing-form.tsx';
import { ItemBrief } from './item-brief.tsx';
import { ItemPicker } from './item-picker.tsx';
import type { Answered } from './judgement.ts';
import { makeShot, shotId } from './make-shot.ts';
import { PinnedPayloads } from './pinned-payloads.tsx';
import { RunResults } from './run-results.tsx';
import { SecureAnswer } from './secure-answer.tsx';
import { targetNames } from './targets.ts';
import { useConsoleFiring } from './use-console-firing.ts';
import { draftKey, usePayloadDraft } from './use-payload-draft.ts';
import { useRepeat } from './use-repeat.ts';
import { useReplay } from './use-replay.ts';

interface AttackConsoleProps {
  topic: TopicSummary;
  items: ConsoleItem[];
  item: ConsoleItem;
  /** Name of the payload to begin with, if the attack has it. */
  openedVariant: string | undefined;
  /** On its own page, with room for three targets side by side. */
  wide: boolean;
  onPick: (id: string) => void;
  /** The learner's server has answered, for the first time or again. */
  onAnswer: (answered: Answered) => void;
}

export function AttackConsole(props: AttackConsoleProps) {
  const { topic, items, item, openedVariant, wide, onPick, onAnswer } = props;
  const [targets, setTargets] = useState<readonly TargetName[]>(targetNames);
  const [variants, setVariants] = useState<Record<string, string>>({});
  const repeat = useRepeat();
  const { run, fire, stop } = useConsoleFiring((shot, outcome) => {
    const title = findItem(items, shotId(shot))?.title;
    if (title !== undefined) onAnswer({ title, outcome });
  });
  const replay = useReplay(item.id, fire, onPick);

  const variantTexts = item.kind === 'attack' ? item.variants : {};
  const opened = openedVariant !== undefined && openedVariant in variantTexts;
  const variant =
    variants[item.id] ?? (opened ? openedVariant : Object.keys(variantTexts)[0]) ?? '';
  const draft = usePayloadDraft(draftKey(item.id, variant), variantTexts[variant] ?? '');
  const ownPayload = item.kind === 'attack' && draft.edited ? draft.text : undefined;
  const problem = ownPayload === undefined ? undefined : checkPayload(ownPayload);
  const running = run.state === 'running';
  const shown = run.state !== 'idle' && shotId(run.shot) === item.id ? run : undefined;

  function fireOwn(payload: string | undefined): void {
    if (running || repeat.problem !== undefined) return;
    fire(makeShot(topic.slug, item, { variant, payload, targets, repeat: repeat.repeat }));
  }
  const fireNow = (): void => void (problem === undefined && fireOwn(ownPayload));
  usePageAction('fire', fireNow);

  return (
    <HeadingLevelAbove value={wide ? 1 : 2}>
      <div className={wide ? styles.wide : styles.console}>
        <ConsoleHead topic={topic} item={item} wide={wide} />
        <ItemPicker
          className={styles.picker}
          slug={topic.slug}
          items={items}
          picked={item.id}
          onPick={onPick}
        />
        <div className={styles.work}>
          <ItemBrief item={item} slug={topic.slug} />
          <FiringForm
            item={item}
            variant={variant}
            onVariant={(name) => setVariants({ ...variants, [item.id]: name })}
            draft={draft}
            problem={problem}
            targets={targets}
            onTargets={setTargets}
            repeat={repeat}
            running={running}
            onFire={fireNow}
            onStop={stop}
          />
          {item.kind === 'attack' && (
            <PinnedPayloads
              key={item.id}
              slug={topic.slug}
              attackId={item.id}
              pinnable={problem === undefined ? ownPayload : undefined}
              running={running}
              onFire={fireOwn}
            />
          )}
        </div>
        <div className={styles.results}>
          <RunResults run={shown} item={item} />
          <SecureAnswer key={item.id} item={item} open={shown !== undefined} />
          <FiredShots
            slug={topic.slug}
            running={running}
            onFireAgain={replay}
            onOpen={({ request }) =>
              'variant' in request &&
              setVariants({ ...variants, [request.attackId]: request.variant })
            }
          />
        </div>
      </div>
    </HeadingLevelAbove>
  );
}
