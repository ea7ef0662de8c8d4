import { lazy, Suspense, type ReactNode } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { useFiredShots } from '../lab-client/shot-history.ts';
import styles from './attack-tool.module.css';
import type { ConsoleItem } from './console-item.ts';
import { ItemBrief } from './item-brief.tsx';
import { ItemMenu } from './item-menu.tsx';
import { shotId } from './make-shot.ts';
import { PayloadEditor } from './payload-editor.tsx';
import { PinAdvice } from './pin-advice.tsx';
import { RepeatControl } from './repeat-control.tsx';
import { SafetyNote } from './safety-note.tsx';
import { SecureAnswer } from './secure-answer.tsx';
import type { FiringBench } from './use-firing-bench.ts';
import { useSince } from './use-since.ts';

// What stands below the payload is not seen before something was fired.
const RunResults = lazy(async () => ({ default: (await import('./run-results.tsx')).RunResults }));
const PinnedPayloads = lazy(async () => ({
  default: (await import('./pinned-payloads.tsx')).PinnedPayloads,
}));
const FiredShots = lazy(async () => ({ default: (await import('./fired-shots.tsx')).FiredShots }));

interface AttackToolProps {
  topic: TopicSummary;
  items: ConsoleItem[];
  bench: FiringBench;
  onPick: (id: string) => void;
  /** How it came out, if that stands here. */
  children: ReactNode;
}

/** What is fired and what came back in full; how it came out stands in the foot of the pane. */
export function AttackTool({ topic, items, bench, onPick, children }: AttackToolProps) {
  const { item, variant, run } = bench;
  const withShots = useSince(useFiredShots().length > 0);
  return (
    <section className={styles.tool} aria-label="Attack console">
      <ItemMenu slug={topic.slug} items={items} item={item} onPick={onPick} />
      <ItemBrief item={item} slug={topic.slug} />
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          bench.fire();
        }}
      >
        {item.kind === 'attack' && (
          <label className={styles.variant}>
            Variant
            <select value={variant} onChange={(event) => bench.chooseVariant(event.target.value)}>
              {Object.keys(item.variants).map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <RepeatControl choice={bench.repeat} mayBeAtOnce={item.kind === 'attack'} />
      </form>
      {item.kind === 'attack' && <PayloadEditor draft={bench.draft} problem={bench.problem} />}
      {children}
      <Suspense>{run && <RunResults run={run} item={item} />}</Suspense>
      <SecureAnswer key={item.id} item={item} open={run !== undefined} />
      <Suspense>
        {item.kind === 'attack' && (
          <Pins key={item.id} slug={topic.slug} attackId={item.id} bench={bench} />
        )}
        {withShots && (
          <FiredShots
            slug={topic.slug}
            running={bench.running}
            onFireAgain={(shot) => {
              if (shotId(shot) !== item.id) onPick(shotId(shot));
              bench.fireAgain(shot);
            }}
            onOpen={({ request }) => 'variant' in request && bench.chooseVariant(request.variant)}
          />
        )}
        <SafetyNote slug={topic.slug} />
      </Suspense>
    </section>
  );
}

interface PinsProps {
  slug: string;
  attackId: string;
  bench: FiringBench;
}

/** The learner's own checks, loaded once there is one, or something that could be one. */
function Pins({ slug, attackId, bench }: PinsProps) {
  const { progress } = useLab();
  const pinnable = bench.problem === undefined ? bench.ownPayload : undefined;
  const pinned = progress[slug]?.pins?.some(({ attack }) => attack === attackId) ?? false;
  const wanted = useSince(pinned || pinnable !== undefined);
  if (!wanted) return <PinAdvice />;
  return (
    <PinnedPayloads
      slug={slug}
      attackId={attackId}
      pinnable={pinnable}
      running={bench.running}
      onFire={bench.firePayload}
    />
  );
}
