/**
 * Puts `<fast-track-end data-section="…">` below each section of the fast track, where the page says
 * how to go on. A section is its heading and all that follows up to the next heading.
 */
import type { Element, Root } from 'hast';
import type { VFile } from 'vfile';

declare module 'vfile' {
  interface DataMap {
    /** Ids of the headings whose sections belong to the fast track. */
    fastTrack: readonly string[];
  }
}

export const endFastTrack = () => (tree: Root, lesson: VFile) => {
  const marked = lesson.data.fastTrack ?? [];
  let open: string | undefined;
  const children: Root['children'] = [];
  for (const node of tree.children) {
    if (node.type === 'element' && /^h[1-6]$/.test(node.tagName)) {
      if (open !== undefined) children.push(endOf(open));
      const id = String(node.properties.id);
      open = marked.includes(id) ? id : undefined;
    }
    children.push(node);
  }
  if (open !== undefined) children.push(endOf(open));
  tree.children = children;
};

const endOf = (section: string): Element => ({
  type: 'element',
  tagName: 'fast-track-end',
  properties: { dataSection: section },
  children: [],
});
