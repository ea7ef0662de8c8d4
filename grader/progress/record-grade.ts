import type { CheckKind } from '../checks/checks-of-topic.ts';
import type { GradedTopic } from '../grading/grade-result.ts';
import { ProgressJournal } from './progress-journal.ts';

/** What a grade is about besides its checks. */
interface AboutGrade {
  /** Digest of the files that were graded. */
  files: string;
  /** Ids of the checks of the topic's fast track. */
  track: ReadonlySet<string>;
  /** No other checks were made: they say nothing about the topic as a whole. */
  onlyTrack: boolean;
}

/**
 * Keeps how the learner's files did in a topic. An attack whose check passed is blocked; a check that
 * never ran says nothing about its attack. A stretch attack earns no points and keeps no topic open.
 */
export function recordGrade(
  { slug, checks }: Pick<GradedTopic, 'slug' | 'checks'>,
  { files, track, onlyTrack }: AboutGrade,
  journal = new ProgressJournal(),
): void {
  const failed = checks.filter(({ state }) => state === 'failed').map(({ id }) => id);
  const counted = checks.filter(({ kind, points }) => kind !== 'attack' || points > 0);
  const passed = counted.filter(({ state }) => state === 'passed').length;
  const at = new Date().toISOString();
  const idsOf = (wanted: CheckKind): string[] =>
    checks.filter(({ kind, state }) => kind === wanted && state === 'passed').map(({ id }) => id);
  const works = idsOf('use');
  const tracked = checks.filter(({ id }) => track.has(id));
  const held = tracked.filter(({ state }) => state === 'passed').length;
  const graded = {
    type: 'graded' as const,
    topic: slug,
    passed,
    all: counted.length,
    failed,
    works,
    files,
    at,
  };
  journal.append([
    ...(onlyTrack ? [] : [graded]),
    ...(tracked.length === 0
      ? []
      : [{ type: 'tracked' as const, topic: slug, passed: held, all: tracked.length }]),
    ...idsOf('attack').map((id) => ({
      type: 'verdict' as const,
      topic: slug,
      attack: id,
      verdict: 'blocked' as const,
    })),
  ]);
}
