import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../targets/project-path.ts';
import { readLessonHead } from './lesson-head.ts';
import type { Question } from './question.ts';

/** The questions of a topic, from the head of its lesson. */
export function readQuiz(slug: string): Question[] {
  const file = `lessons/${slug}.md`;
  const text = readFileSync(path.join(projectFolder, file), 'utf8');
  const [, head] = /^---\r?\n([^]*?)\r?\n---\r?$/m.exec(text) ?? [];
  if (head === undefined) throw new Error(`${file}: the lesson has no head.`);
  return readLessonHead(head, file).quiz;
}
