import { useState } from 'react';
import type { TargetName, TopicSummary } from '../../lab-api.ts';
import type { Run } from '../lab-client/firing-run.ts';
import type { Outcomes, Shot } from '../lab-client/shot.ts';
import { checkPayload } from './check-payload.ts';
import { findItem, type ConsoleItem } from './console-item.ts';
import { makeShot, shotId } from './make-shot.ts';
import { targetNames } from './targets.ts';
import { useConsoleFiring } from './use-console-firing.ts';
import { draftKey, readDraft, usePayloadDraft, type PayloadDraft } from './use-payload-draft.ts';
import { useRepeat, type RepeatChoice } from './use-repeat.ts';

/** What was fired: a run that has begun. */
export type BegunRun = Exclude<Run, { state: 'idle' }>;

/** What the pane of a topic fires, at whom, and what came back. */
export interface FiringBench {
  item: ConsoleItem;
  variant: string;
  chooseVariant: (name: string) => void;
  draft: PayloadDraft;
  /** Why the payload cannot be sent. */
  problem: string | undefined;
  /** The learner's own payload, if the variant's was edited. */
  ownPayload: string | undefined;
  targets: readonly TargetName[];
  aim: (targets: readonly TargetName[]) => void;
  repeat: RepeatChoice;
  running: boolean;
  /** The run of the item that is shown; absent before the first. */
  run: BegunRun | undefined;
  /** What each item that was fired since the topic was opened gave last. */
  latest: Record<string, Outcomes>;
  /** Fires what is shown; nothing if it cannot be sent. */
  fire: () => void;
  firePayload: (payload: string) => void;
  /** Shows another attack or ordinary use, and fires it as it is shown there. */
  showAndFire: (id: string, variant?: string) => void;
  fireAgain: (shot: Shot) => void;
  stop: () => void;
}

interface Asked {
  topic: TopicSummary;
  items: ConsoleItem[];
  /** The one that is shown. */
  item: ConsoleItem;
  /** The payload that the address asks for. */
  opened: { id: string; variant: string } | undefined;
  show: (id: string) => void;
}

export function useFiringBench({ topic, items, item, opened, show }: Asked): FiringBench {
  const [targets, aim] = useState<readonly TargetName[]>(targetNames);
  const [variants, setVariants] = useState<Record<string, string>>({});
  const [latest, setLatest] = useState<Record<string, Outcomes>>({});
  const repeat = useRepeat();
  const firing = useConsoleFiring(topic.slug, (shot, outcome) => {
    const id = shotId(shot);
    setLatest((all) => ({ ...all, [id]: { ...all[id], [outcome.target]: outcome } }));
  });

  const [askedBefore, setAskedBefore] = useState<Asked['opened']>();
  if (opened?.id !== askedBefore?.id || opened?.variant !== askedBefore?.variant) {
    setAskedBefore(opened);
    if (opened) setVariants({ ...variants, [opened.id]: opened.variant });
  }

  const variant = variantOf(item, variants[item.id]);
  const draft = usePayloadDraft(draftKey(item.id, variant), payloadOf(item, variant));
  const ownPayload = item.kind === 'attack' && draft.edited ? draft.text : undefined;
  const problem = ownPayload === undefined ? undefined : checkPayload(ownPayload);
  const running = firing.run.state === 'running';

  function send(payload: string | undefined): void {
    if (running || repeat.problem !== undefined) return;
    const { repeat: times } = repeat;
    firing.fire(makeShot(topic.slug, item, { variant, payload, targets, repeat: times }));
  }

  function showAndFire(id: string, wanted?: string): void {
    const other = findItem(items, id);
    if (!other) return;
    const chosen = variantOf(other, wanted ?? variants[id]);
    show(id);
    setVariants({ ...variants, [id]: chosen });
    const edited = other.kind === 'attack' ? readDraft(draftKey(id, chosen)) : undefined;
    const payload = edited !== undefined && !checkPayload(edited) ? edited : undefined;
    firing.fire(
      makeShot(topic.slug, other, { variant: chosen, payload, targets, repeat: undefined }),
    );
  }

  return {
    item,
    variant,
    chooseVariant: (name) => setVariants({ ...variants, [item.id]: name }),
    draft,
    problem,
    ownPayload,
    targets,
    aim,
    repeat,
    running,
    run:
      firing.run.state !== 'idle' && shotId(firing.run.shot) === item.id ? firing.run : undefined,
    latest,
    fire: () => void (problem === undefined && send(ownPayload)),
    firePayload: send,
    showAndFire,
    fireAgain: firing.fire,
    stop: firing.stop,
  };
}

/** The one that is asked for, if the attack has it, or else its first. */
function variantOf(item: ConsoleItem, wanted: string | undefined): string {
  const names = item.kind === 'attack' ? Object.keys(item.variants) : [];
  return (wanted !== undefined && names.includes(wanted) ? wanted : names[0]) ?? '';
}

const payloadOf = (item: ConsoleItem, variant: string): string =>
  (item.kind === 'attack' ? item.variants[variant] : undefined) ?? '';
