import { paint } from '../../shared/paint.ts';
import { judgeAnswer } from './judge-answer.ts';
import { printQuestion } from './print-question.ts';
import type { Question } from './question.ts';
import { readAnswer } from './read-answer.ts';

export interface Asking {
  /** The next line that was typed; undefined once there is none. */
  readLine: () => Promise<string | undefined>;
  say: (text: string) => void;
  /** Told of every answer. */
  onAnswer: (question: Question, right: boolean) => void;
}

/** Asks one question after another. An empty line leaves one out; `q` and the end of input stop. */
export async function askQuiz(questions: readonly Question[], asking: Asking): Promise<void> {
  for (const [index, question] of questions.entries()) {
    asking.say(`\n${paint('bold', `Question ${index + 1} of ${questions.length}`)}`);
    printQuestion(question, asking.say);
    if ((await askUntilRight(question, asking)) === 'stop') return;
  }
}

async function askUntilRight(
  question: Question,
  { readLine, say, onAnswer }: Asking,
): Promise<'next' | 'stop'> {
  for (;;) {
    const line = (await readLine())?.trim();
    if (line === undefined || line.toLowerCase() === 'q') return 'stop';
    if (line === '') return 'next';
    const picked = readAnswer(line, question);
    if (typeof picked === 'string') {
      say(picked);
      continue;
    }
    const { right, explanation } = judgeAnswer(question, picked);
    onAnswer(question, right);
    say(right ? paint('green', 'Right.') : paint('yellow', 'Not quite.'));
    for (const paragraph of explanation) say(`  ${paragraph}`);
    if (right) return 'next';
    say('Try again, or press Enter to go on.');
  }
}
