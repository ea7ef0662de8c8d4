/** What is going to be graded: the checks of each topic, built once, before any of them runs. */
import { checkedTargets, checksOf, type Check } from '../checks/checks-of-topic.ts';
import type { Topic } from '../../catalogue/curriculum.ts';
import { fastTrackChecks } from '../fast-track.ts';
import { pinsIn } from '../progress/pins.ts';
import { plannedCheck } from './grade-result.ts';
import type { PlannedTopic } from './grade-steps.ts';
import type { Progress } from '../progress/progress.ts';

export interface GradeRequest {
  topics: Topic[];
  /** `reference` for `--solutions`. */
  target: 'student' | 'reference';
  withStretch: boolean;
  /** Only the checks of the fast track. */
  onlyTrack?: boolean;
}

export interface TopicChecks {
  topic: Topic;
  checks: Check[];
}

/** @param progress holds the payloads that were pinned */
export function planChecks(
  { topics, target, withStretch, onlyTrack = false }: GradeRequest,
  progress: Progress,
): Promise<TopicChecks[]> {
  const pins = pinsIn(progress);
  return Promise.all(
    topics.map(async (topic) => {
      const { slug } = topic;
      const checks = await checksOf(slug, checkedTargets(slug, target), {
        withStretch,
        // The other topics' own checks fire all payloads.
        wholeServerWithFirstVariants: topics.length > 1,
        pins: pins[slug],
      });
      if (!onlyTrack) return { topic, checks };
      const track = await fastTrackChecks(slug);
      return { topic, checks: checks.filter(({ id }) => track.has(id)) };
    }),
  );
}

/** For whoever shows what is going to run. */
export const plannedTopic = ({ topic: { slug, title }, checks }: TopicChecks): PlannedTopic => ({
  slug,
  title,
  checks: checks.map(plannedCheck),
});
