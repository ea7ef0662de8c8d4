/** A lesson as the page gets it, from its text. */
import path from 'node:path';
import { readLessonHead, type LessonHead } from '../grader/quiz/lesson-head.ts';
import { headIn } from '../grader/quiz/read-quiz.ts';
import { projectFolder } from '../shared/project-path.ts';
import { makeOutline } from '../playground/lessons/lesson-outlines.ts';
import type { Outline } from '../playground/lessons/outline.ts';
import type { Workbook } from './workbook.ts';

export interface Lesson {
  file: string;
  slug: string;
  text: string;
  head: LessonHead;
  outline: Outline;
  anchors: ReadonlySet<string>;
}

export interface BrokenLesson {
  file: string;
  /** What is wrong with it. */
  problem: string;
}

type Read = Lesson | BrokenLesson;

export const lessonFile = (slug: string): string => `lessons/${slug}.md`;

/** By text: many rules ask for the same lesson, and to read one takes a while. */
const known = new Map<string, Promise<Read>>();

/** Of all topics whose lesson is there. */
async function readLessons({ topics, files }: Workbook): Promise<Read[]> {
  const reading = topics.flatMap(({ slug }) => {
    const text = files.get(lessonFile(slug));
    if (text === undefined) return [];
    const lesson = known.get(text) ?? readLesson(slug, text);
    known.set(text, lesson);
    return [lesson];
  });
  return Promise.all(reading);
}

async function readLesson(slug: string, text: string): Promise<Read> {
  const file = lessonFile(slug);
  try {
    const outline = await makeOutline(text, path.join(projectFolder, file), projectFolder);
    const head = readLessonHead(headIn(text) ?? '', file);
    return { file, slug, text, head, outline, anchors: new Set(outline.sections.map((s) => s.id)) };
  } catch (error) {
    return { file, problem: (error as Error).message.replaceAll(`${projectFolder}/`, '') };
  }
}

/** The lessons that can be read. The others are a finding of their own. */
export const lessonsOf = async (book: Workbook): Promise<Lesson[]> =>
  (await readLessons(book)).filter((lesson) => 'outline' in lesson);

export const brokenLessons = async (book: Workbook): Promise<BrokenLesson[]> =>
  (await readLessons(book)).filter((lesson) => 'problem' in lesson);

/** Number of the first line that contains `part`. */
export function lineWith(text: string | undefined, part: string): number | undefined {
  const at = text?.indexOf(part) ?? -1;
  return at === -1 ? undefined : text?.slice(0, at).split('\n').length;
}
