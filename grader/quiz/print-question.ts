import type { Question } from './question.ts';

const whatToType: Record<Question['kind'], string> = {
  choose: 'Type the number of one.',
  hole: 'Type the number of one line.',
  order: 'Type the numbers in the right order, such as 3 1 2.',
};

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
  say(`\n${whatToType[kind]}`);
}
