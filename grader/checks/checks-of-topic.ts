/**
 * The checks of a topic: one for each attack and each piece of ordinary use of its catalogue, one for
 * each payload that the learner has pinned, and for a capstone one for each other topic of its part,
 * fired at the whole server. Grading, the watch and the proof of wrong and right solutions all run
 * these.
 */
import type { Attack, LegitimateUse } from '../../lab/attack.ts';
import { learnersWholeServer, partEndedBy } from '../../catalogue/curriculum.ts';
import { explainAttack, explainWholeServer, explainProblem, explainUse } from '../explain.ts';
import type { Explanation } from '../explanation.ts';
import type { Lab } from '../../lab/lab.ts';
import {
  checksOfServerAlone,
  gradedAttacks,
  gradedUses,
  loadCatalogue,
  wholeServerCheck,
} from '../../catalogue/load-catalogue.ts';
import { passes } from '../passes.ts';
import { pinnedCheck } from '../progress/pins.ts';
import type { Pin } from '../progress/progress.ts';
import { checkWholeServer, type WholeServerItem } from '../whole-server.ts';
import { TargetProblem } from '../../lab/target-process.ts';
import type { TargetSpec } from '../../lab/target-spec.ts';
import { firePin } from './fire-pin.ts';

export const checkKinds = ['attack', 'use', 'pin', 'whole-server'] as const;
export type CheckKind = (typeof checkKinds)[number];

export interface Check {
  /** Unique in its topic; what it fires, so that it can be searched for. */
  id: string;
  kind: CheckKind;
  title: string;
  /** What it is worth to whoever counts points. */
  points: number;
  run(lab: Lab): Promise<CheckOutcome>;
}

export type CheckOutcome = CheckPassed | CheckFailed;

export interface CheckPassed {
  passed: true;
  /** Checklist items, of a check of the whole server. */
  items?: WholeServerItem[];
}

export interface CheckFailed {
  passed: false;
  /** Why, in a sentence. */
  reason: string;
  /** Everything that was seen, for the learner. */
  explanation: Explanation;
  /** How it failed: the same for everybody who made the same mistake. */
  signature: string;
  items?: WholeServerItem[];
}

/** Signature of a check of the whole server whose topic is not solved by itself. */
export const OPEN_IN_TOPIC_ITSELF = 'open in the topic itself';

/** Which servers are asked. */
export interface CheckedTargets {
  /** The controls of the topic among reference neighbours. */
  own: TargetSpec;
  /** All together; for the checks of a capstone. */
  whole: TargetSpec;
}

export function checkedTargets(slug: string, graded: 'student' | 'reference'): CheckedTargets {
  if (graded === 'reference') return { own: { kind: 'reference' }, whole: { kind: 'reference' } };
  const own: TargetSpec = { kind: 'student', topic: slug };
  const part = partEndedBy(slug);
  return { own, whole: part ? learnersWholeServer(part) : own };
}

interface CheckOptions {
  withStretch?: boolean;
  /** Fires one payload of each attack instead of all. */
  firstVariants?: boolean;
  /** Fires one payload of each attack of the other topics at the whole server. */
  wholeServerWithFirstVariants?: boolean;
  /** Payloads of the learner's own, for attacks of this topic. */
  pins?: Pin[] | undefined;
}

/** Of a check; one that only --stretch makes has none. */
export const POINTS: Record<CheckKind, number> = { attack: 2, use: 1, pin: 0, 'whole-server': 2 };

export async function checksOf(
  slug: string,
  targets: CheckedTargets,
  options: CheckOptions = {},
): Promise<Check[]> {
  const { withStretch = false, firstVariants = false, pins = [] } = options;
  const catalogue = await loadCatalogue(slug);
  // A solution that decides for a client stands beside a server that is the reference.
  const unasked = targets.whole.kind === 'solution' ? checksOfServerAlone(slug) : [];
  return [
    ...gradedAttacks(catalogue, withStretch).map((attack) =>
      attackCheck(slug, attack, targets.own, firstVariants),
    ),
    ...gradedUses(catalogue, withStretch).map((use) => useCheck(slug, use, targets.own)),
    // Of stretch attacks too: a pin was asked for by name.
    ...pins.flatMap((pin) => {
      const attack = catalogue.attacks.find(({ id }) => id === pin.attack);
      return attack ? [pinCheck(slug, attack, pin, targets.own)] : [];
    }),
    ...(partEndedBy(slug)?.topics ?? [])
      .map((topic) => wholeCheck(topic.slug, targets, options))
      .filter(({ id }) => !unasked.includes(id)),
  ];
}

function attackCheck(
  slug: string,
  attack: Attack,
  target: TargetSpec,
  firstVariant: boolean,
): Check {
  const { id, title, level } = attack;
  const variants = Object.keys(attack.variants).slice(0, firstVariant ? 1 : undefined);
  return {
    id,
    kind: 'attack',
    title,
    points: level === 'core' ? POINTS.attack : 0,
    run: (lab) =>
      answered(slug, async () => {
        for (const variant of variants) {
          const report = await lab.fire(target, attack, variant);
          if (passes(report)) continue;
          const { verdict, summary } = report;
          return {
            passed: false,
            reason: `${variant}: ${verdict}. ${summary}`,
            explanation: explainAttack(slug, attack, report),
            signature: `${variant}: ${verdict}. ${symptomOf(summary)}`,
          };
        }
        return { passed: true };
      }),
  };
}

function useCheck(slug: string, use: LegitimateUse, target: TargetSpec): Check {
  const { id, title, level = 'core' } = use;
  return {
    id,
    kind: 'use',
    title,
    points: level === 'core' ? POINTS.use : 0,
    run: (lab) =>
      answered(slug, async () => {
        const report = await lab.try(target, use);
        const [problem] = report.problems;
        if (problem === undefined) return { passed: true };
        return {
          passed: false,
          reason: problem,
          explanation: explainUse(slug, use, report),
          signature: symptomOf(problem),
        };
      }),
  };
}

function pinCheck(slug: string, attack: Attack, pin: Pin, target: TargetSpec): Check {
  return {
    id: pinnedCheck(pin),
    kind: 'pin',
    title: `${attack.title}, with a payload of your own`,
    points: POINTS.pin,
    run: (lab) => answered(slug, () => firePin(slug, attack, pin, target, lab)),
  };
}

/** All that topic `slug` has, fired at the whole server. */
function wholeCheck(
  slug: string,
  targets: CheckedTargets,
  { withStretch = false, wholeServerWithFirstVariants = false }: CheckOptions,
): Check {
  return {
    id: wholeServerCheck(slug),
    kind: 'whole-server',
    title: `The whole server against topic ${slug.slice(0, 2)}`,
    points: POINTS['whole-server'],
    run: (lab) =>
      answered(slug, async () => {
        const items: WholeServerItem[] = [];
        const options = { withStretch, firstVariants: wholeServerWithFirstVariants };
        for await (const item of checkWholeServer(slug, targets.whole, lab, options))
          items.push(item);
        const open = items.filter(({ holds }) => !holds);
        const [first] = open;
        if (!first) return { passed: true, items };
        const alone = await openInTopicItself(slug, targets.whole, open, lab);
        return {
          passed: false,
          reason: `${first.id}: ${first.evidence}`,
          explanation: explainWholeServer(slug, open, alone),
          signature: alone.size > 0 ? OPEN_IN_TOPIC_ITSELF : 'open items',
          items,
        };
      }),
  };
}

/**
 * Which of the items fail among reference neighbours as well, where nobody else's control is to
 * blame. Only a learner's server is made of topics that can be taken apart.
 */
async function openInTopicItself(
  slug: string,
  whole: TargetSpec,
  open: WholeServerItem[],
  lab: Lab,
): Promise<Set<string>> {
  if (whole.kind !== 'whole-student') return new Set();
  const only = open.map(({ id }) => id);
  const failing = new Set<string>();
  const target: TargetSpec = { kind: 'student', topic: slug };
  for await (const { id, holds } of checkWholeServer(slug, target, lab, {
    withStretch: true,
    only,
  })) {
    if (!holds) failing.add(id);
  }
  return failing;
}

/**
 * What two runs have in common, and two people who made the same mistake. Left out are words that may
 * be random, as ids and ports are, and what the learner's own server said, down to its wording.
 */
export const symptomOf = (sentence: string): string =>
  sentence
    .replaceAll(/(?<!HTTP )(?<=[\s"“”()]|^)[^\s"“”()]*\d[^\s"“”()]*/g, '#')
    .slice(0, 100)
    .replace(/(HTTP \d{3}|answered with an error)\b[^]*$/, '$1')
    .replace(/: (?=[{["“…<])[^]*$/, '');

/** A target that cannot be asked fails the check. */
async function answered(slug: string, ask: () => Promise<CheckOutcome>): Promise<CheckOutcome> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TargetProblem)) throw error;
    return {
      passed: false,
      reason: error.message,
      explanation: explainProblem(slug, error.message),
      signature: 'no server',
    };
  }
}
