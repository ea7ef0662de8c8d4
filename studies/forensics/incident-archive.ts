/** The latest incidents, with what is right about them. The page only ever gets their public half. */
import { randomInt, randomUUID } from 'node:crypto';
import type { TargetSession } from '../../lab/target-session.ts';
import { askQuestions, checkAnswer, type KeyedQuestion } from './ask-questions.ts';
import type { AnswerVerdict, Incident } from './shared.ts';
import { planIncident } from './plan-incident.ts';
import { runIncident } from './run-incident.ts';

export class IncidentArchive {
  readonly #questions = new Map<string, KeyedQuestion[]>();
  readonly #mostKept: number;

  constructor(mostKept = 20) {
    this.#mostKept = mostKept;
  }

  async happen(lab: TargetSession, seed = randomInt(2 ** 31)): Promise<Incident> {
    const made = await runIncident(lab, planIncident(seed));
    const keyed = askQuestions(made, seed + 1);
    const id = randomUUID();
    this.#questions.set(id, keyed);
    for (const oldest of this.#questions.keys()) {
      if (this.#questions.size <= this.#mostKept) break;
      this.#questions.delete(oldest);
    }
    return {
      id,
      lines: made.lines.map(({ text }) => text),
      questions: keyed.map(({ question }) => question),
      faults: made.faults,
    };
  }

  /** Undefined if the incident or the question is not known (any more). */
  check(incident: string, question: string, answer: string): AnswerVerdict | undefined {
    const keyed = this.#questions.get(incident)?.find((known) => known.question.id === question);
    return keyed && checkAnswer(keyed, answer);
  }
}
