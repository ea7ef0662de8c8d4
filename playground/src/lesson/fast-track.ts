/** The short path through the course: sections of some lessons, in order. */
import type { Outline, Section } from '../../lessons/outline.ts';
import type { TopicSummary } from '../../lab-api.ts';

export interface FastTrackStep {
  topic: TopicSummary;
  section: Section;
}

export function fastTrackOf(
  topics: readonly TopicSummary[],
  outlineOf: (slug: string) => Outline | undefined,
): FastTrackStep[] {
  return topics.flatMap((topic) =>
    (outlineOf(topic.slug)?.sections ?? [])
      .filter(({ fastTrack }) => fastTrack)
      .map((section) => ({ topic, section })),
  );
}

/** Whole minutes to read them. */
export const minutesOf = (steps: readonly FastTrackStep[]): number =>
  Math.round(steps.reduce((sum, { section }) => sum + section.minutes, 0));

/** What to fire once a section is read: the first core attack that it explains. */
export const attackOf = ({ topic, section }: FastTrackStep) =>
  topic.attacks.find(({ level, lessonAnchor }) => level === 'core' && lessonAnchor === section.id);
