import type { GradedTopic } from '../grading/grade-result.ts';
import { ProgressJournal } from './progress-journal.ts';

/**
 * Keeps how the learner's files did in a topic. An attack whose check passed is blocked; a check that
 * never ran says nothing about its attack. A stretch attack earns no points and keeps no topic open.
 */
export function recordGrade(
  { slug, checks }: Pick<GradedTopic, 'slug' | 'checks'>,
  journal = new ProgressJournal(),
): void {
  const failed = checks.filter(({ state }) => state === 'failed').map(({ id }) => id);
  const counted = checks.filter(({ kind, points }) => kind !== 'attack' || points > 0);
  const passed = counted.filter(({ state }) => state === 'passed').length;
  const at = new Date().toISOString();
  const blocked = checks.filter(({ kind, state }) => kind === 'attack' && state === 'passed');
  journal.append([
    { type: 'graded', topic: slug, passed, all: counted.length, failed, at },
    ...blocked.map(({ id }) => ({
      type: 'verdict' as const,
      topic: slug,
      attack: id,
      verdict: 'blocked' as const,
    })),
  ]);
}
