/** Runs the checks of a topic, or some of them, against any target, without a test runner. */
import type { CheckFailed } from './checks/check-outcome.ts';
import { checksOf } from './checks/checks-of-topic.ts';
import type { Lab } from '../lab/lab.ts';
import type { TargetSpec } from '../lab/target-spec.ts';

/** Check id -> how it failed; undefined: it passed. */
export type TopicResult = Map<string, CheckFailed | undefined>;

interface RunOptions {
  /** Ids of the checks to run; all if left out. */
  only?: string[] | undefined;
  /** Fires one payload of each attack instead of all. */
  firstVariants?: boolean;
  /** Leaves out the checks of the whole server, which are most of a capstone's work. */
  withoutWholeServer?: boolean;
}

export async function runTopic(
  slug: string,
  spec: TargetSpec,
  lab: Lab,
  { only, firstVariants = false, withoutWholeServer = false }: RunOptions = {},
): Promise<TopicResult> {
  const results: TopicResult = new Map();
  // Of the other topics one payload each: what is asked is whether the parts are in order.
  const options = { firstVariants, wholeServerWithFirstVariants: true };
  for (const check of await checksOf(slug, { own: spec, whole: spec }, options)) {
    if (only && !only.includes(check.id)) continue;
    if (withoutWholeServer && check.kind === 'whole-server') continue;
    const outcome = await check.run(lab);
    results.set(check.id, outcome.passed ? undefined : outcome);
  }
  return results;
}

export const failuresIn = (results: TopicResult): string[] =>
  [...results].flatMap(([id, failure]) => (failure === undefined ? [] : [id]));
