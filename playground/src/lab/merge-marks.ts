import type { Marks, Progress, TopicProgress } from '../../lab-api.ts';

/** `newer` wins verdict by verdict; a lesson once read stays read. */
export function mergeMarks(older: TopicProgress = {}, newer: Marks = {}): TopicProgress {
  return {
    ...older,
    ...(newer.read ? { read: true } : {}),
    verdicts: { ...older.verdicts, ...newer.verdicts },
  };
}

export function mergeProgress(older: Progress, newer: Record<string, Marks>): Progress {
  const slugs = new Set([...Object.keys(older), ...Object.keys(newer)]);
  return Object.fromEntries(
    Array.from(slugs, (slug) => [slug, mergeMarks(older[slug], newer[slug])]),
  );
}
