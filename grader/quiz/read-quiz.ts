import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../../shared/project-path.ts';
import { readLessonHead, type LessonHead } from './lesson-head.ts';
import type { Question } from './question.ts';

/** The latest by file: to parse takes longer than to read, and the page asks for all of them. */
const known = new Map<string, { text: string; head: LessonHead }>();

/** The questions of a topic, from the head of its lesson as it is now. */
export const readQuiz = (slug: string): Question[] => readHead(slug).quiz;

/** What the head of a lesson says now. */
export function readHead(slug: string): LessonHead {
  const file = `lessons/${slug}.md`;
  const text = readFileSync(path.join(projectFolder, file), 'utf8');
  const written = headIn(text);
  if (written === undefined) throw new Error(`${file}: the lesson has no head.`);
  const before = known.get(file);
  if (before?.text === written) return before.head;
  const head = readLessonHead(written, file);
  known.set(file, { text: written, head });
  return head;
}

/** The YAML between the first two lines of three hyphens. */
export const headIn = (lesson: string): string | undefined =>
  /^---\r?\n([^]*?)\r?\n---\r?$/m.exec(lesson)?.[1];
