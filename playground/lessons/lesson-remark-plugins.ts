/** What is done to the Markdown of a lesson before it becomes a page. */
import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import type { VFile } from 'vfile';
import { codeFromFiles } from './code-from-files.ts';
import { readFrontMatter } from './front-matter.ts';
import { outlineOf, type Outline } from './outline.ts';

/** @param onOutline is told the outline of each lesson, code from files included */
export const lessonRemarkPlugins = (
  projectFolder: string,
  onOutline: (outline: Outline) => void = () => {},
) => [
  remarkFrontmatter,
  remarkGfm,
  () => codeFromFiles({ projectFolder }),
  () => makeOutline(onOutline),
];

const makeOutline =
  (onOutline: (outline: Outline) => void) =>
  (tree: Root, lesson: VFile): void => {
    const head = readFrontMatter(tree, lesson);
    // Read by `endFastTrack`.
    lesson.data.fastTrack = head.fastTrack;
    try {
      onOutline(outlineOf(tree, head));
    } catch (error) {
      lesson.fail(`${lesson.path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
