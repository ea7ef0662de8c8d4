import type { Question } from './question.ts';

export interface Judgement {
  right: boolean;
  /** Paragraphs for a terminal. */
  explanation: string[];
}

/** @param picked indexes of options */
export function judgeAnswer({ kind, options, answer }: Question, picked: number[]): Judgement {
  const wrong = picked.findIndex((index, at) => index !== answer[at]);
  const right = wrong === -1;
  const { text = '', why = '' } = options[picked[Math.max(wrong, 0)] ?? -1] ?? {};
  if (kind !== 'order') return { right, explanation: [why] };
  if (right)
    return {
      right,
      explanation: picked.flatMap((step, at) => [
        `${at + 1}. ${options[step]?.text}`,
        `   ${options[step]?.why}`,
      ]),
    };
  const before = wrong === 0 ? '' : `The first ${wrong === 1 ? 'one is' : `${wrong} are`} right. `;
  return { right, explanation: [`${before}“${text}” is not number ${wrong + 1}. ${why}`] };
}
