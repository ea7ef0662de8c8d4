import type { Nodes } from 'mdast';

/** The words of a piece of Markdown, without its marks; what headings get their ids from. */
export function textOf(node: Nodes): string {
  if ('value' in node && node.type !== 'html') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
