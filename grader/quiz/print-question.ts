import type { Question } from './question.ts';

const whatToType: Record<Question['kind'], (options: number) => string> = {
  choose: () => 'Type the number of one.',
  hole: () => 'Type the number of one line.',
  order: (options) => `Type the numbers in the right order, such as ${exampleOrder(options)}.`,
};

/** Never the right one: of two that stand side by side when shuffled, the first never comes first. */
export const exampleOrder = (options: number): string =>
  Array.from({ length: options }, (_, index) => ((index + 1) % options) + 1).join(' ');

/** Lines of code that cannot be picked have no number. */
export function printQuestion(
  { kind, question, options }: Question,
  say: (text: string) => void,
): void {
  say(`${question}\n`);
  for (const [index, { text, why }] of options.entries()) {
    const number = why === undefined ? '' : String(index + 1);
    say(`  ${number.padStart(2)}  ${text}`);
  }
  say(`\n${whatToType[kind](options.length)}`);
}
