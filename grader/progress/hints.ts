import type { Topic } from '../../catalogue/curriculum.ts';
import type { ProgressJournal } from './progress-journal.ts';

export interface ShownHints {
  hints: string[];
  /** How many of them were shown before. */
  seen: number;
  /** How many the topic has. */
  all: number;
}

/** The hints of a topic that were shown before and, unless `again`, one more, which is remembered. */
export function showHints(
  { slug, hints }: Topic,
  again: boolean,
  journal: ProgressJournal,
): ShownHints {
  const seen = Math.min(journal.read()[slug]?.hints ?? 0, hints.length);
  const shown = again ? seen : Math.min(seen + 1, hints.length);
  if (shown > seen) journal.append([{ type: 'hints', topic: slug, shown }]);
  return { hints: hints.slice(0, shown), seen, all: hints.length };
}
