import { useEffect, useEffectEvent, useState } from 'react';
import type { TargetName, TopicSummary } from '../../lab-api.ts';
import { usePageAction } from '../actions/use-page-action.ts';
import { useLab } from '../lab/lab-context.ts';
import { useLabFiring, type Outcome, type Shot } from '../lab/use-lab-firing.ts';
import { attackHref, ordinaryUseHref, topicHref } from '../place.ts';
import { HeadingLevelAbove } from '../text/heading-level.ts';
import styles from './attack-console.module.css';
import { checkPayload } from './check-payload.ts';
import { findItem, type ConsoleItem } from './console-item.ts';
import { FiringForm } from './firing-form.tsx';
import { ItemBrief } from './item-brief.tsx';
import { ItemPicker } from './item-picker.tsx';
import type { Answered } from './judgement.ts';
import { pageOfTopic } from './page-of-topic.ts';
import { PinnedPayloads } from './pinned-payloads.tsx';
import { RunResults } from './run-results.tsx';
import { SecureAnswer } from './secure-answer.tsx';
import { targetNames } from './targets.ts';
import { usePayloadDraft } from './use-payload-draft.ts';

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

export function AttackConsole({
  topic,
  items,
  item,
  openedVariant,
  wide,
  onPick,
  onAnswer,
}: AttackConsoleProps) {
  const { stubChange, mark } = useLab();
  const [targets, setTargets] = useState<readonly TargetName[]>(targetNames);
  const [variants, setVariants] = useState<Record<string, string>>({});
  const { run, fire, fireAgain, stop } = useLabFiring(keepVerdict);

  const variantTexts = item.kind === 'attack' ? item.variants : {};
  const opened = openedVariant !== undefined && openedVariant in variantTexts;
  const variant =
    variants[item.id] ?? (opened ? openedVariant : Object.keys(variantTexts)[0]) ?? '';
  const draft = usePayloadDraft(`${item.id}/${variant}`, variantTexts[variant] ?? '');
  const problem = item.kind === 'attack' && draft.edited ? checkPayload(draft.text) : undefined;
  const page = pageOfTopic[topic.slug];
  const shown = run.state !== 'idle' && shotId(run.shot) === item.id ? run : undefined;

  function keepVerdict(shot: Shot, outcome: Outcome): void {
    if (outcome.target !== 'yours') return;
    const title = findItem(items, shotId(shot))?.title;
    if (title !== undefined) onAnswer({ title, outcome });
    if (shot.kind !== 'attack' || outcome.type !== 'report') return;
    const { verdict, attackId } = outcome.report;
    // A payload of the learner's own proves a breach; that it is harmless proves nothing.
    if (shot.request.payload !== undefined && verdict !== 'breached') return;
    mark(shot.slug, { verdicts: { [attackId]: verdict } });
  }

  function firePinned(payload: string): void {
    const request = { attackId: item.id, variant, payload, targets: [...targets] };
    fire({ kind: 'attack', slug: topic.slug, request });
  }

  function fireNow(): void {
    if (problem !== undefined || run.state === 'running') return;
    const { slug } = topic;
    if (item.kind === 'use') {
      fire({ kind: 'use', slug, request: { useId: item.id, targets: [...targets] } });
      return;
    }
    const own = draft.edited ? { payload: draft.text } : {};
    const request = { attackId: item.id, variant, ...own, targets: [...targets] };
    fire({ kind: 'attack', slug, request });
  }

  const onStubChange = useEffectEvent((slug: string) => {
    if (run.state !== 'idle' && run.shot.slug === slug) fireAgain();
  });
  useEffect(() => {
    if (stubChange) onStubChange(stubChange.slug);
  }, [stubChange]);

  usePageAction('fire', fireNow);

  return (
    <HeadingLevelAbove value={wide ? 1 : 2}>
      <div className={wide ? styles.wide : styles.console}>
        <div className={styles.head}>
          {wide ? <h1 tabIndex={-1}>Attack console</h1> : <h2>Attack console</h2>}
          {wide ? (
            <a href={topicHref(topic.slug)}>
              Lesson {topic.number}, {topic.title}
            </a>
          ) : (
            <a href={item.kind === 'attack' ? attackHref(item.id) : ordinaryUseHref(item.id)}>
              Full width
            </a>
          )}
        </div>
        <p className={styles.safety}>
          Try anything you like: the shell, the files and the database behind these servers are in
          memory, and everything listens on this machine only. Nothing you send here can do harm
          outside the lab.
          {page && (
            <>
              {' '}
              {page.why}: <a href={page.href}>{page.link}</a>.
            </>
          )}
        </p>
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
            running={run.state === 'running'}
            onFire={fireNow}
            onStop={stop}
          />
          {item.kind === 'attack' && (
            <PinnedPayloads
              key={item.id}
              slug={topic.slug}
              attackId={item.id}
              pinnable={draft.edited && problem === undefined ? draft.text : undefined}
              running={run.state === 'running'}
              onFire={firePinned}
            />
          )}
        </div>
        <div className={styles.results}>
          <RunResults run={shown} item={item} />
          <SecureAnswer key={item.id} item={item} open={shown !== undefined} />
        </div>
      </div>
    </HeadingLevelAbove>
  );
}

function shotId(shot: Shot): string {
  return shot.kind === 'attack' ? shot.request.attackId : shot.request.useId;
}
