/**
 * Recognizes known mistakes by how they fail. Every wrong solution has left behind how it fails each
 * of its checks (`npm run record-mistakes`). A learner's topic that fails the same checks in the same
 * way, and nothing else, has the same symptom; whether it has the same cause, nobody can tell.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OPEN_IN_TOPIC_ITSELF, type CheckOutcome } from '../checks/checks-of-topic.ts';
import type { TopicResult } from '../run-topic.ts';
import { checksOfServerAlone } from '../../catalogue/load-catalogue.ts';

/** How a wrong solution fails. */
export interface KnownMistake {
  /** File name without ending. */
  name: string;
  /** What was misunderstood, in a sentence. */
  mistake: string;
  /** Check -> how it failed, as in `CheckFailed.signature`. */
  fails: Record<string, string>;
}

/** One a topic, so that people who write two topics do not meet in it. */
export const knownMistakesFile = (slug: string): string =>
  path.join(import.meta.dirname, 'known-mistakes', `${slug}.json`);

/** The failed checks of a run, each with how it failed. */
export const howItFails = (results: TopicResult): Record<string, string> =>
  Object.fromEntries(
    [...results].flatMap(([id, failed]) => (failed ? [[id, failed.signature]] : [])),
  );

/** If more than this fail alike, others would tell no more. */
const MOST_NAMED = 3;
/** Of all failures, this share may be left unexplained. */
const UNEXPLAINED = 0.1;

/** None of a topic that has been written just now. */
export function readKnownMistakes(slug: string): KnownMistake[] {
  const file = knownMistakesFile(slug);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KnownMistake[]) : [];
}

/**
 * Failed check -> the mistakes whose symptom this is, three at most. Everything that such a mistake is
 * known to fail has failed in the same way here, and hardly anything else has: what two mistakes do
 * together, or one that nobody has seen before, gets no name. Neither does a capstone with an unsolved
 * topic, which fails as many things as a mistake in putting topics together would; one that decides
 * for a client has no part in that, and only its own checks count.
 */
export function mistakesBehind(
  slug: string,
  outcomes: ReadonlyMap<string, CheckOutcome>,
  known?: readonly KnownMistake[],
): Map<string, string[]> {
  const others = checksOfServerAlone(slug);
  const failures = new Map(
    [...outcomes].flatMap(([id, outcome]) =>
      outcome.passed || others.includes(id) ? [] : [[id, outcome.signature]],
    ),
  );
  const isUnsolvedElsewhere = [...failures.values()].includes(OPEN_IN_TOPIC_ITSELF);
  if (failures.size === 0 || isUnsolvedElsewhere) return new Map();
  const least = failures.size * (1 - UNEXPLAINED);
  const fitting = (known ?? readKnownMistakes(slug)).filter(({ fails }) => {
    const failed = Object.entries(fails);
    return (
      failed.length >= least && failed.every(([id, signature]) => failures.get(id) === signature)
    );
  });
  const most = Math.max(...fitting.map(({ fails }) => Object.keys(fails).length));
  const best = fitting
    .filter(({ fails }) => Object.keys(fails).length === most)
    .slice(0, MOST_NAMED);
  return new Map(
    [...failures.keys()].flatMap((id): [string, string[]][] => {
      const named = best.filter(({ fails }) => id in fails).map(({ mistake }) => mistake);
      return named.length > 0 ? [[id, named]] : [];
    }),
  );
}
