import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { readLessonHead, type LessonHead } from '../../grader/quiz/lesson-head.ts';

/** A malformed head stops the build and names what is wrong. */
export function readFrontMatter(tree: Root, lesson: VFile): LessonHead {
  const head = tree.children.find((node) => node.type === 'yaml');
  if (!head) lesson.fail(`${lesson.path}: no front matter (title, summary, fastTrack, quiz)`);
  try {
    return readLessonHead(head.value, lesson.path);
  } catch (error) {
    lesson.fail((error as Error).message, head);
  }
}
