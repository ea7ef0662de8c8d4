/** Which topics a learner has not solved, by the latest grade of each. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { curriculum, filesOf, type Topic } from '../catalogue/curriculum.ts';
import type { Progress } from '../grader/progress/progress.ts';
import { projectFolder } from '../shared/project-path.ts';

export interface OpenTopic {
  topic: Topic;
  /** In a few words. */
  why: string;
}

/** @param savedAt when a file of the exercises was last saved, in milliseconds since the epoch */
export const openTopics = (
  progress: Progress,
  savedAt: (file: string) => number | undefined = lastSaved,
): OpenTopic[] =>
  curriculum.flatMap((topic) => {
    const why = whyOpen(topic, progress, savedAt);
    return why === undefined ? [] : [{ topic, why }];
  });

function whyOpen(
  topic: Topic,
  progress: Progress,
  savedAt: (file: string) => number | undefined,
): string | undefined {
  const grade = progress[topic.slug]?.grade;
  if (!grade) return 'never graded';
  if (grade.passed < grade.all) return `${grade.passed} of ${grade.all} checks pass`;
  const changed = filesOf(topic).find(
    (file) => (savedAt(`exercises/${topic.slug}/${file}`) ?? Infinity) > Date.parse(grade.at),
  );
  return changed === undefined ? undefined : `${changed} was saved after it was graded`;
}

const lastSaved = (file: string): number | undefined =>
  statSync(path.join(projectFolder, file), { throwIfNoEntry: false })?.mtimeMs;
