import type { Option, Question } from './question.ts';
import { shuffledIndexes } from './shuffled-indexes.ts';
import type { WrittenQuestion } from './written-question.ts';

/** Decides in which order options are shown, and which answer is right. */
export function prepareQuestion(written: WrittenQuestion): Question {
  const { id, kind, question } = written;
  return { id, kind, question, ...optionsOf(written) };
}

function optionsOf(written: WrittenQuestion): Pick<Question, 'options' | 'answer'> {
  switch (written.kind) {
    case 'choose':
      return {
        options: written.choices.map(({ text, why }) => ({ text, why })),
        answer: [written.choices.findIndex(({ right }) => right)],
      };
    case 'hole':
      return {
        options: written.lines.map(({ code, why }): Option => ({
          text: code,
          ...(why !== undefined && { why }),
        })),
        answer: [written.lines.findIndex(({ hole }) => hole)],
      };
    case 'order': {
      const { id, steps } = written;
      const shown = shuffledIndexes(steps.length, id + steps.map(({ text }) => text).join());
      return {
        options: shown.flatMap((index) => steps[index] ?? []),
        answer: steps.map((_step, index) => shown.indexOf(index)),
      };
    }
  }
}
