/**
 * `import texts from './lesson.md?text'`: what a lesson says, section by section, for the search. Code
 * is left out: it has files of its own, and the reference would be found before it is earned.
 */
import mdx from '@mdx-js/rollup';
import GithubSlugger from 'github-slugger';
import type { Nodes, Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { textOf } from './text-of.ts';

export interface SectionText {
  /** Of the heading. */
  id: string;
  text: string;
}

/** @param lesson path of the file that has this text */
export async function sectionTexts(text: string, lesson: string): Promise<SectionText[]> {
  const found: SectionText[] = [];
  const collect = () => (tree: Root) => {
    const slugger = new GithubSlugger();
    for (const node of tree.children) {
      if (node.type === 'heading') found.push({ id: slugger.slug(textOf(node)), text: '' });
      const section = found.at(-1);
      if (section) section.text = `${section.text} ${proseOf(node)}`;
    }
  };
  const { transform } = mdx({
    format: 'md',
    remarkPlugins: [remarkFrontmatter, remarkGfm, collect],
  });
  await transform(text, lesson);
  return found.map(({ id, text: said }) => ({ id, text: said.replaceAll(/\s+/g, ' ').trim() }));
}

function proseOf(node: Nodes): string {
  if (node.type === 'code' || node.type === 'heading' || node.type === 'yaml') return '';
  if (!('children' in node)) return textOf(node);
  // Cells, items and paragraphs are not one word.
  const apart = ['table', 'tableRow', 'list', 'listItem', 'blockquote'].includes(node.type);
  return node.children.map(proseOf).join(apart ? ' ' : '');
}
