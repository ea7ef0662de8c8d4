/**
 * Folds the sections at the end of a lesson that are for looking things up, and the reference, so
 * that nobody meets the solution by scrolling. A section is its heading and all that follows up to
 * the next heading of that rank.
 */
import type { Element, ElementContent, Root } from 'hast';

interface Fold {
  summary: string;
  /** Left out on paper, unless it is unfolded. */
  spoils?: true;
}

/** By the title of the section. */
const folds: Record<string, Fold> = {
  'What clients do': { summary: 'Show what clients do' },
  'What packages do': { summary: 'Show what packages do' },
  'What changed since the course module': { summary: 'Show what changed' },
  Sources: { summary: 'Show the sources' },
  'The reference': { summary: 'Show the reference', spoils: true },
};

/** Not counted as time that the lesson takes. */
export const isFolded = (title: string): boolean => Object.hasOwn(folds, title);

export const foldSections = () => (tree: Root) => {
  for (const [title, fold] of Object.entries(folds)) foldSection(tree, title, fold);
};

function foldSection(tree: Root, title: string, { summary, spoils }: Fold): void {
  const from = tree.children.findIndex(isHeadingOf(title));
  if (from === -1) return;
  const next = tree.children.findIndex((node, index) => index > from && isHeading(node));
  const until = next === -1 ? tree.children.length : next;
  const section = tree.children.slice(from + 1, until) as ElementContent[];
  const details: Element = {
    type: 'element',
    tagName: 'details',
    properties: spoils ? { dataSpoils: true } : {},
    children: [
      {
        type: 'element',
        tagName: 'summary',
        properties: {},
        children: [{ type: 'text', value: summary }],
      },
      ...section,
    ],
  };
  tree.children.splice(from + 1, section.length, details);
}

const isHeading = (node: Root['children'][number]): node is Element =>
  node.type === 'element' && node.tagName === 'h2';

const isHeadingOf =
  (title: string) =>
  (node: Root['children'][number]): boolean =>
    isHeading(node) &&
    node.children.some((child) => child.type === 'text' && child.value === title);
