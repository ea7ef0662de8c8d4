import { exampleOrder } from './print-question.ts';
import type { Question } from './question.ts';

/**
 * What somebody typed as an answer: the indexes of the options they mean. `3` and `c` are the third
 * option; steps are separated by blanks or commas, or stand side by side. A text says what is wrong.
 */
export function readAnswer(typed: string, { kind, options }: Question): number[] | string {
  const words = kind === 'order' ? splitSteps(typed) : [typed.trim()];
  const picked = words.map(indexOf);
  if (kind === 'order') {
    const all = options.map((_option, index) => index);
    const isWhole = picked.length === all.length && all.every((index) => picked.includes(index));
    return isWhole
      ? picked
      : `Type each number from 1 to ${options.length} once, such as ${exampleOrder(options.length)}.`;
  }
  const [index = -1] = picked;
  if (options[index]?.why !== undefined) return picked;
  return kind === 'hole'
    ? 'Type the number of a line that has one.'
    : `Type a number from 1 to ${options.length}.`;
}

function splitSteps(typed: string): string[] {
  const words = typed.split(/[\s,;>-]+/).filter((word) => word !== '');
  const [only = ''] = words;
  return words.length === 1 && only.length > 1 ? only.split('') : words;
}

function indexOf(word: string): number {
  if (/^\d{1,2}$/.test(word)) return Number(word) - 1;
  return /^[a-z]$/i.test(word) ? word.toLowerCase().charCodeAt(0) - 'a'.charCodeAt(0) : -1;
}
