/** The short path through the course: sections of some lessons, in order. */
import type { Outline, Section } from '../../lessons/outline.ts';
import type { Progress, TopicSummary } from '../../lab-api.ts';
import { topicHref, trackHref } from '../place.ts';
import { tallyOf } from '../progress/topic-tally.ts';
import { FIX, type TrackPlace } from './track-place.ts';

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
      .filter(({ fastTrackMinutes }) => fastTrackMinutes !== undefined)
      .map((section) => ({ topic, section })),
  );
}

/** Whole minutes to read them. */
export const minutesOf = (steps: readonly FastTrackStep[]): number =>
  Math.round(steps.reduce((sum, { section }) => sum + (section.fastTrackMinutes ?? 0), 0));

/** What to fire once a section is read: the first core attack that it explains. */
export const attackOf = ({ topic, section }: FastTrackStep) =>
  topic.attacks.find(({ level, lessonAnchor }) => level === 'core' && lessonAnchor === section.id);

/** In minutes, to write the fix of one topic. */
const MINUTES_TO_FIX = 6;

/** Whole minutes for all of it: to read, to fire an attack now and then, and to write the fixes. */
export const minutesInAll = (steps: readonly FastTrackStep[]): number =>
  minutesOf(steps) + MINUTES_TO_FIX * new Set(steps.map(({ topic }) => topic)).size;

export interface TrackNow {
  begun: boolean;
  /** Words of a link to where it goes on. */
  text: string;
  href: string;
}

/**
 * Where the fast track goes on: where the reader was, until that topic's fix holds, and then at the
 * next fix that does not. Undefined once all of them hold.
 */
export function trackNow(
  topics: readonly TopicSummary[],
  outlineOf: (slug: string) => Outline | undefined,
  progress: Progress,
  place: TrackPlace | undefined,
): TrackNow | undefined {
  const steps = fastTrackOf(topics, outlineOf);
  const open = steps.filter(({ topic }) => !tallyOf(topic, progress[topic.slug]).trackHolds);
  const here = open.filter(({ topic }) => topic.slug === place?.slug);
  const step = here.find(({ section }) => section.id === place?.at);
  const [first] = here.length > 0 ? here : open;
  if (!first) return undefined;
  const begun = place !== undefined || open.length < steps.length;
  const { slug, number, title } = first.topic;
  if (!begun) {
    return { begun, text: 'take the fast track', href: topicHref(slug, first.section.id) };
  }
  if (here.length > 0 && place?.at === FIX) {
    return { begun, text: `${number} ${title}, the fix`, href: trackHref(slug) };
  }
  const { section } = step ?? first;
  const name = section.title.replaceAll('`', '');
  return { begun, text: `${number} ${title}, ${name}`, href: topicHref(slug, section.id) };
}
