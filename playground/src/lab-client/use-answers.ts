import { useState } from 'react';
import type { AnswerVerdict } from '../../../studies/forensics/shared.ts';
import { checkForensicsAnswer, describeProblem } from './lab-client.ts';

export type AnswerState =
  | { state: 'checking'; answer: string }
  | { state: 'checked'; answer: string; verdict: AnswerVerdict }
  | { state: 'failed'; answer: string; message: string };

/** Answers to the questions about one incident. The lab knows what is right. */
export function useAnswers(incident: string) {
  const [answers, setAnswers] = useState<Partial<Record<string, AnswerState>>>({});
  const keep = (question: string, state: AnswerState): void =>
    setAnswers((before) => ({ ...before, [question]: state }));

  async function give(question: string, answer: string): Promise<void> {
    keep(question, { state: 'checking', answer });
    try {
      const verdict = await checkForensicsAnswer({ incident, question, answer });
      keep(question, { state: 'checked', answer, verdict });
    } catch (error) {
      keep(question, { state: 'failed', answer, message: describeProblem(error) });
    }
  }

  return { answers, give };
}
