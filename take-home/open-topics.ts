/** Which topics a learner has not solved, by the latest grade of each. */
import { curriculum, type Topic } from '../catalogue/curriculum.ts';
import { filesStanding } from '../grader/progress/files-standing.ts';
import type { Progress, TopicProgress } from '../grader/progress/progress.ts';

export interface OpenTopic {
  topic: Topic;
  /** In a few words. */
  why: string;
}

/** @param standing whether a topic's files are those that were graded */
export const openTopics = (progress: Progress, standing = filesStanding): OpenTopic[] =>
  curriculum.flatMap((topic) => {
    const own = progress[topic.slug];
    const why = whyOpen(own?.grade, standing(topic, own));
    return why === undefined ? [] : [{ topic, why }];
  });

function whyOpen(
  grade: TopicProgress['grade'],
  standing: ReturnType<typeof filesStanding>,
): string | undefined {
  if (standing === 'as-shipped') return 'not begun';
  if (!grade) return 'never graded';
  if (standing === 'changed') return 'changed since it was graded';
  return grade.passed < grade.all ? `${grade.passed} of ${grade.all} checks pass` : undefined;
}
