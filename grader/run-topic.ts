/** Runs the checks of a topic, or some of them, against any target, without a test runner. */
import type { LabBench } from './lab.ts';
import { auditedTopics, curriculum } from './curriculum.ts';
import { gradedAttacks, loadCatalogue, wholeServerCheck } from './load-catalogue.ts';
import { passes } from './passes.ts';
import { auditTopic } from './security-audit.ts';
import { TargetProblem } from './targets/target-process.ts';
import type { TargetSpec } from './targets/target-spec.ts';

/** Check id -> why it failed, in a sentence; undefined: it passed. */
export type TopicResult = Map<string, string | undefined>;

interface RunOptions {
  /** Ids of the checks to run; all if left out. */
  only?: string[] | undefined;
  /** Fires one payload of each attack instead of all. */
  firstVariants?: boolean;
  /** Leaves out the audit of the whole server, which is most of a capstone's work. */
  withoutAudit?: boolean;
}

export async function runTopic(
  slug: string,
  spec: TargetSpec,
  lab: LabBench,
  { only, firstVariants = false, withoutAudit = false }: RunOptions = {},
): Promise<TopicResult> {
  const catalogue = await loadCatalogue(slug);
  const isWanted = ({ id }: { id: string }): boolean => only?.includes(id) ?? true;
  const results: TopicResult = new Map();
  for (const attack of gradedAttacks(catalogue, false).filter(isWanted)) {
    results.set(
      attack.id,
      await reason(async () => {
        const variants = Object.keys(attack.variants);
        for (const variant of firstVariants ? variants.slice(0, 1) : variants) {
          const report = await lab.fire(spec, attack, variant);
          if (!passes(report)) return `${variant}: ${report.verdict}. ${report.summary}`;
        }
        return undefined;
      }),
    );
  }
  for (const use of catalogue.uses.filter(isWanted)) {
    results.set(use.id, await reason(async () => (await lab.try(spec, use)).problems[0]));
  }
  const isCapstone = curriculum.some((topic) => topic.slug === slug && topic.capstone);
  if (isCapstone && !withoutAudit) {
    for (const { slug: other } of auditedTopics) {
      const id = wholeServerCheck(other);
      if (!isWanted({ id })) continue;
      results.set(id, undefined);
      // One payload each: what is asked is whether the parts are in order, not whether they are right.
      for await (const item of auditTopic(other, spec, lab, { firstVariants: true })) {
        if (item.holds) continue;
        results.set(id, `${item.id}: ${item.evidence}`);
        break;
      }
    }
  }
  return results;
}

async function reason(check: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof TargetProblem) return error.message;
    throw error;
  }
}

export const failuresIn = (results: TopicResult): string[] =>
  [...results].flatMap(([id, why]) => (why === undefined ? [] : [id]));
