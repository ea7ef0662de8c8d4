/**
 * Recognizes known mistakes by how they fail. Every wrong solution has left behind how it fails each
 * of its checks (`npm run record-mistakes`); a learner's topic that fails the same checks in the same
 * way has probably been mistaken in the same way.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckOutcome } from '../checks/check-outcome.ts';
import type { TopicResult } from '../run-topic.ts';

/** How a wrong solution fails. */
export interface KnownMistake {
  /** File name without ending. */
  name: string;
  /** What was misunderstood, in a sentence. */
  mistake: string;
  /** Check -> how it failed, as in `CheckFailed.signature`. */
  fails: Record<string, string>;
}

/** By slug. */
export type KnownMistakes = Record<string, KnownMistake[]>;

export const knownMistakesFile = path.join(import.meta.dirname, 'known-mistakes.json');

/** The failed checks of a run, each with how it failed. */
export const howItFails = (results: TopicResult): Record<string, string> =>
  Object.fromEntries(
    [...results].flatMap(([id, failed]) => (failed ? [[id, failed.signature]] : [])),
  );

/** If more than this fail alike, nobody can tell which it was. */
const MOST_NAMED = 2;

export function readKnownMistakes(): KnownMistakes {
  return JSON.parse(readFileSync(knownMistakesFile, 'utf8')) as KnownMistakes;
}

/**
 * Failed check -> the mistakes that explain it, two at most. A mistake explains a check if everything that it is
 * known to fail has failed in the same way here; of several, those that explain most.
 */
export function mistakesBehind(
  slug: string,
  outcomes: ReadonlyMap<string, CheckOutcome>,
  known?: KnownMistakes,
): Map<string, string[]> {
  const failures = new Map(
    [...outcomes].flatMap(([id, outcome]) => (outcome.passed ? [] : [[id, outcome.signature]])),
  );
  if (failures.size === 0) return new Map();
  const possible = ((known ?? readKnownMistakes())[slug] ?? []).filter(({ fails }) =>
    Object.entries(fails).every(([id, signature]) => failures.get(id) === signature),
  );
  const behind = new Map<string, string[]>();
  for (const id of failures.keys()) {
    const explaining = possible.filter(({ fails }) => id in fails);
    const most = Math.max(...explaining.map(({ fails }) => Object.keys(fails).length));
    const best = explaining.filter(({ fails }) => Object.keys(fails).length === most);
    if (best.length === 0 || best.length > MOST_NAMED) continue;
    behind.set(
      id,
      best.map(({ mistake }) => mistake),
    );
  }
  return behind;
}
