/**
 * The fast track: three fixes and the audit line, each with the checks that the marked sections of
 * its lesson cover, and no others. Which sections these are stands in the heads of the lessons.
 */
import { curriculum, filesOf, type Topic } from '../catalogue/curriculum.ts';
import { gradedAttacks, gradedUses, loadCatalogue } from '../catalogue/load-catalogue.ts';
import type { Attack, TopicCatalogue } from '../lab/attack.ts';
import { readHead } from './quiz/read-quiz.ts';

/** In the order of the course. */
export const fastTrackTopics = (): Topic[] =>
  curriculum.filter(({ slug }) => readHead(slug).fastTrack.length > 0);

/**
 * Ids of the checks: the attacks that a marked section explains; and the ordinary use that it
 * explains, or that works as long as nobody breaks it. Empty for a topic that has no part in it.
 */
export async function fastTrackChecks(slug: string): Promise<ReadonlySet<string>> {
  const { fastTrack } = readHead(slug);
  if (fastTrack.length === 0) return new Set();
  return coveredBy(fastTrack, await loadCatalogue(slug));
}

/** Of a topic's files those that decide what is checked. */
export function filesCovered(topic: Topic, catalogue: TopicCatalogue): string[] {
  const covered = attacksCovered(readHead(topic.slug).fastTrack, catalogue);
  return filesOf(topic).filter((file) =>
    covered.some(({ controls }) => filesOf(topic, controls).includes(file)),
  );
}

/** @param fastTrack headings of the marked sections */
export function coveredBy(
  fastTrack: readonly string[],
  catalogue: TopicCatalogue,
): ReadonlySet<string> {
  if (fastTrack.length === 0) return new Set();
  const attacks = attacksCovered(fastTrack, catalogue);
  const uses = gradedUses(catalogue, false).filter(
    (use) => use.worksOnBaseline || fastTrack.includes(use.lessonAnchor),
  );
  return new Set([...attacks, ...uses].map(({ id }) => id));
}

const attacksCovered = (fastTrack: readonly string[], catalogue: TopicCatalogue): Attack[] =>
  gradedAttacks(catalogue, false).filter(({ lessonAnchor }) => fastTrack.includes(lessonAnchor));
