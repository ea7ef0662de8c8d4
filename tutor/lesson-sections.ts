/**
 * Lessons as a tutor may quote them: section by section, with the code that they show filled in, and
 * without a word of the reference until its topic has passed.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import { headIn } from '../grader/quiz/read-quiz.ts';
import { extractSymbol, parseCodeSource } from '../playground/lessons/code-from-files.ts';
import { projectFolder } from '../shared/project-path.ts';

export interface LessonSection {
  /** As in an address of the page. */
  id: string;
  title: string;
  /** Markdown, as written. */
  lines: string[];
}

/** The section that shows the solution. */
const REFERENCE = 'the-reference';
const FENCE = /^(`{3,}|~{3,})/;
const HEADING = /^(#{2,6})\s+(.+?)\s*$/;

/** The sections of a lesson in order. Its quiz is in the head of the file, and no part of them. */
export function sectionsOf(slug: string): LessonSection[] {
  const file = path.join(projectFolder, 'lessons', `${slug}.md`);
  const text = readFileSync(file, 'utf8');
  const body = text.slice(text.indexOf(headIn(text) ?? '') + (headIn(text)?.length ?? 0));
  const slugger = new GithubSlugger();
  const sections: LessonSection[] = [];
  let fence: string | undefined;
  for (const line of body.split(/\r?\n/).slice(2)) {
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : mark === fence ? undefined : fence;
    const title = fence === undefined ? HEADING.exec(line)?.[2] : undefined;
    if (title === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ id: slugger.slug(plain(title)), title, lines: [] });
  }
  return sections;
}

/** What `passed` allows to be shown of a section; undefined: nothing. */
export function textOfSection(
  slug: string,
  section: LessonSection,
  passed: (slug: string) => boolean,
): string | undefined {
  if (section.id === REFERENCE && !passed(slug)) return undefined;
  return withCode(section.lines, passed).join('\n').trim();
}

/** Fills fences that name a file, as the page does. */
function withCode(lines: readonly string[], passed: (slug: string) => boolean): string[] {
  return lines.flatMap((line) => {
    const source = FENCE.test(line) ? parseCodeSource(line) : undefined;
    if (!source?.symbol) return [line];
    const [room, topic = ''] = source.file.split('/');
    if (room === 'solutions' && !passed(topic)) {
      return [line, `// The reference is shown once topic ${topic.slice(0, 2)} has passed.`];
    }
    const text = readFileSync(path.join(projectFolder, source.file), 'utf8');
    return [line, extractSymbol(text, source.symbol) ?? ''];
  });
}

/** A heading without its code marks and links. */
const plain = (title: string): string =>
  title.replaceAll('`', '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
