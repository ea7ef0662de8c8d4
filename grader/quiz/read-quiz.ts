import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../../shared/project-path.ts';
import { readLessonHead } from './lesson-head.ts';
import type { Question } from './question.ts';

/** The latest by file: to parse takes longer than to read, and the page asks for all of them. */
const known = new Map<string, { head: string; quiz: Question[] }>();

/** The questions of a topic, from the head of its lesson as it is now. */
export function readQuiz(slug: string): Question[] {
  const file = `lessons/${slug}.md`;
  const text = readFileSync(path.join(projectFolder, file), 'utf8');
  const head = headIn(text);
  if (head === undefined) throw new Error(`${file}: the lesson has no head.`);
  const before = known.get(file);
  if (before?.head === head) return before.quiz;
  const { quiz } = readLessonHead(head, file);
  known.set(file, { head, quiz });
  return quiz;
}

/** The YAML between the first two lines of three hyphens. */
export const headIn = (lesson: string): string | undefined =>
  /^---\r?\n([^]*?)\r?\n---\r?$/m.exec(lesson)?.[1];
