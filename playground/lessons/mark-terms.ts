/**
 * Puts `<gloss-term data-says="…">` around the first mention of each word of the glossary in a lesson's
 * running text; not in headings, links, tables and code, which have enough to do.
 */
import type { Element, ElementContent, Root } from 'hast';
import { terms } from '../src/glossary/terms.ts';

const TEXT_IN = new Set(['p', 'li', 'em', 'strong']);

export const markTerms = () => (tree: Root) => {
  const open = new Map(terms.map(({ id, name, also = [] }) => [id, patternOf([name, ...also])]));
  const visit = (parent: Element | Root): void => {
    parent.children = parent.children.flatMap((node): (typeof parent.children)[number][] => {
      if (node.type === 'element') {
        if (TEXT_IN.has(node.tagName) || ['ul', 'ol', 'blockquote'].includes(node.tagName)) {
          visit(node);
        }
        return [node];
      }
      const isText = node.type === 'text' && 'tagName' in parent && TEXT_IN.has(parent.tagName);
      return isText ? marked(node.value, open) : [node];
    }) as typeof parent.children;
  };
  visit(tree);
};

/** Whole words, as the glossary writes them: of two that begin alike, the longer one. */
function patternOf(words: string[]): RegExp {
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\w-])(?:${longestFirst.join('|')})(?![\\w-])`);
}

function marked(text: string, open: Map<string, RegExp>): ElementContent[] {
  for (const [id, pattern] of open) {
    const found = pattern.exec(text);
    if (!found) continue;
    open.delete(id);
    const [word] = found;
    const term: Element = {
      type: 'element',
      tagName: 'gloss-term',
      // With the lesson, so that the page need not load the whole glossary.
      properties: { dataSays: terms.find((one) => one.id === id)?.says },
      children: [{ type: 'text', value: word }],
    };
    return [
      ...marked(text.slice(0, found.index), open),
      term,
      ...marked(text.slice(found.index + word.length), open),
    ];
  }
  return text === '' ? [] : [{ type: 'text', value: text }];
}
