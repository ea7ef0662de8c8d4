/** How long it takes to read a part of a lesson, from its words. */
import type { Nodes } from 'mdast';
import { textOf } from './text-of.ts';

export const PROSE_WORDS_PER_MINUTE = 200;
/** Names, keywords and numbers. Code is read at half the speed of prose. */
export const CODE_WORDS_PER_MINUTE = 100;

/** Between these there is a gap, whatever their words run into. */
const BLOCKS = new Set(['paragraph', 'heading', 'listItem', 'tableCell', 'blockquote']);

/** In minutes, with fractions, so that parts can be added. */
export function readingTime(nodes: readonly Nodes[]): number {
  let prose = 0;
  let code = 0;
  for (const part of nodes.flatMap(blocksIn)) {
    if (part.type === 'code') code += countCodeWords(part.value);
    else prose += textOf(part).split(/\s+/).filter(Boolean).length;
  }
  return prose / PROSE_WORDS_PER_MINUTE + code / CODE_WORDS_PER_MINUTE;
}

const countCodeWords = (code: string): number => code.match(/[\p{L}\p{N}_$]+/gu)?.length ?? 0;

/** What has words of its own: `**a** b` is one block, a list is one for each item. */
function blocksIn(node: Nodes): Nodes[] {
  if (node.type === 'code') return [node];
  if (node.type === 'yaml') return [];
  const inner = 'children' in node ? (node.children as Nodes[]) : [];
  const holdsBlocks = inner.some(({ type }) => BLOCKS.has(type) || holders.has(type));
  return holdsBlocks ? inner.flatMap(blocksIn) : [node];
}

const holders = new Set(['code', 'list', 'table', 'tableRow']);
