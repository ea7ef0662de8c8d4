import type { Marks, Progress, TopicProgress } from '../../lab-api.ts';

/** `newer` wins verdict by verdict; what was once read or answered right stays so. */
export function mergeMarks(older: TopicProgress = {}, newer: Marks = {}): TopicProgress {
  return {
    ...older,
    ...(newer.read ? { read: true } : {}),
    verdicts: { ...older.verdicts, ...newer.verdicts },
    answers: { ...older.answers, ...newer.answers, ...onlyRight(older.answers) },
  };
}

export function mergeProgress(older: Progress, newer: Record<string, Marks>): Progress {
  const slugs = new Set([...Object.keys(older), ...Object.keys(newer)]);
  return Object.fromEntries(
    Array.from(slugs, (slug) => [slug, mergeMarks(older[slug], newer[slug])]),
  );
}

const onlyRight = (answers: Record<string, boolean> = {}): Record<string, boolean> =>
  Object.fromEntries(Object.entries(answers).filter(([, right]) => right));
