/**
 * The fast track: three fixes and the audit line, each with the checks that the marked sections of
 * its lesson cover, and no others. Which sections these are stands in the heads of the lessons.
 */
import { curriculum, filesOf, type Topic } from '../catalogue/curriculum.ts';
import { gradedAttacks, gradedUses, loadCatalogue } from '../catalogue/load-catalogue.ts';
import type { ControlName } from '../exercises/weather-server/controls.ts';
import type { TopicCatalogue } from '../lab/attack.ts';
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
export function filesCovered(topic: Topic, { attacks }: TopicCatalogue): string[] {
  const { fastTrack } = readHead(topic.slug);
  const covered = gradedAttacks({ attacks, uses: [] }, false).filter(({ lessonAnchor }) =>
    fastTrack.includes(lessonAnchor),
  );
  const decide = new Set(covered.flatMap(({ controls }) => controls ?? controlsOf(topic)));
  return filesOf(topic).filter((file) =>
    controlsOf(topic).some((control) => decide.has(control) && topic.controls[control] === file),
  );
}

const controlsOf = ({ controls }: Topic): ControlName[] => Object.keys(controls) as ControlName[];

/** @param fastTrack headings of the marked sections */
export function coveredBy(
  fastTrack: readonly string[],
  catalogue: TopicCatalogue,
): ReadonlySet<string> {
  if (fastTrack.length === 0) return new Set();
  const isCovered = ({ lessonAnchor }: { lessonAnchor: string }): boolean =>
    fastTrack.includes(lessonAnchor);
  const attacks = gradedAttacks(catalogue, false).filter(isCovered);
  const uses = gradedUses(catalogue, false).filter((use) => use.worksOnBaseline || isCovered(use));
  return new Set([...attacks, ...uses].map(({ id }) => id));
}
