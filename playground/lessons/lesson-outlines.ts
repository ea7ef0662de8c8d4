/**
 * `import outline from './lesson.md?outline'`: the headings and reading times of a lesson, for pages
 * that show them without loading the lesson itself, such as the start page. `?text` is for the search.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import mdx from '@mdx-js/rollup';
import type { Plugin } from 'vite';
import { lessonRemarkPlugins } from './lesson-remark-plugins.ts';
import { toSend } from '../src/lesson/sent-outline.ts';
import type { Outline } from './outline.ts';
import { sectionTexts } from './section-texts.ts';

interface Folders {
  projectFolder: string;
  lessonFolder: string;
}

const PREFIX = '\0lesson-outline:';
const TEXT_PREFIX = '\0lesson-text:';

export function lessonOutlines({ projectFolder, lessonFolder }: Folders): Plugin {
  return {
    name: 'workbook:lesson-outlines',
    enforce: 'pre',
    resolveId(source) {
      const said = /([\w-]+)\.md\?text$/.exec(source)?.[1];
      if (said !== undefined) return `${TEXT_PREFIX}${said}`;
      const slug = /([\w-]+)\.md\?outline$/.exec(source)?.[1];
      // A name without `.md`, or it would be taken for a lesson.
      return slug === undefined ? null : `${PREFIX}${slug}`;
    },
    async load(id) {
      if (id.startsWith(TEXT_PREFIX)) {
        const lesson = path.join(lessonFolder, `${id.slice(TEXT_PREFIX.length)}.md`);
        this.addWatchFile(lesson);
        const texts = await sectionTexts(readFileSync(lesson, 'utf8'), lesson);
        return `export default ${JSON.stringify(texts)};`;
      }
      if (!id.startsWith(PREFIX)) return null;
      const lesson = path.join(lessonFolder, `${id.slice(PREFIX.length)}.md`);
      this.addWatchFile(lesson);
      return `export default ${JSON.stringify(toSend(await readOutline(lesson, projectFolder)))};`;
    },
  };
}

/** Reads the outline of one lesson with the lesson's own plugins. */
const readOutline = (lesson: string, projectFolder: string): Promise<Outline> =>
  makeOutline(readFileSync(lesson, 'utf8'), lesson, projectFolder);

/**
 * @param lesson path of the file that has, or may get, this text
 * @throws if something in the text is wrong, and says what
 */
export async function makeOutline(
  text: string,
  lesson: string,
  projectFolder: string,
): Promise<Outline> {
  const found: Outline[] = [];
  const { transform } = mdx({
    format: 'md',
    remarkPlugins: lessonRemarkPlugins(projectFolder, (outline) => found.push(outline)),
  });
  await transform(text, lesson);
  const [outline] = found;
  if (!outline) throw new Error(`${lesson} is no lesson`);
  return outline;
}
