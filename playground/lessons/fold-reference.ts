/**
 * Folds the last section of a lesson, the reference, so that nobody meets the solution by scrolling.
 * A section is its heading and all that follows up to the next heading of that rank.
 */
import type { Element, ElementContent, Root } from 'hast';

export const foldReference = () => (tree: Root) => {
  const from = tree.children.findIndex(isHeadingOf('The reference'));
  if (from === -1) return;
  const next = tree.children.findIndex((node, index) => index > from && isHeading(node));
  const until = next === -1 ? tree.children.length : next;
  const section = tree.children.slice(from + 1, until) as ElementContent[];
  const details: Element = {
    type: 'element',
    tagName: 'details',
    properties: {},
    children: [
      {
        type: 'element',
        tagName: 'summary',
        properties: {},
        children: [{ type: 'text', value: 'Show the reference' }],
      },
      ...section,
    ],
  };
  tree.children.splice(from + 1, section.length, details);
};

const isHeading = (node: Root['children'][number]): node is Element =>
  node.type === 'element' && node.tagName === 'h2';

const isHeadingOf =
  (title: string) =>
  (node: Root['children'][number]): boolean =>
    isHeading(node) &&
    node.children.some((child) => child.type === 'text' && child.value === title);
