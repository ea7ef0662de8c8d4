import type { Question } from '../../../grader/quiz/question.ts';

/** The step that stands at `from` stands at `to` afterwards. */
export function moveStep(steps: number[], from: number, to: number): number[] {
  const moved = steps.filter((_step, at) => at !== from);
  moved.splice(to, 0, ...steps.slice(from, from + 1));
  return moved;
}

/** Whether the steps stand right, and what to say about it. */
export function describeOrder(
  { options, answer }: Question,
  steps: number[],
): { right: boolean; text: string } {
  const wrong = steps.findIndex((step, at) => step !== answer[at]);
  if (wrong === -1) return { right: true, text: 'Each step says why it stands where it stands.' };
  const { text = '', why = '' } = options[steps[wrong] ?? -1] ?? {};
  const before =
    wrong === 0 ? '' : wrong === 1 ? 'The first one is right. ' : `The first ${wrong} are right. `;
  return { right: false, text: `${before}“${text}” is not number ${wrong + 1}. ${why}` };
}
