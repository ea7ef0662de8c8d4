/** An incident at one server, its log, and questions that the log should answer. */

export interface Choice {
  value: string;
  label: string;
}

/** Every question may be answered so: a log that does not tell is an answer, too. */
export const DOES_NOT_TELL = 'does-not-tell';

export interface Question {
  id: string;
  text: string;
  /** Without choices the answer is a number. */
  choices?: Choice[];
  /** Whether `DOES_NOT_TELL` may be answered. */
  mayNotTell: boolean;
}

/** What the page is given. What is right stays in the lab. */
export interface Incident {
  id: string;
  /** The log, as the server wrote it. */
  lines: string[];
  questions: Question[];
  faults: string[];
}

export interface AnswerVerdict {
  right: boolean;
  /** What is right and why, in a sentence or two. */
  sentence: string;
  /** Whether the log tells. */
  told: boolean;
  /** Numbers of the lines that tell it, from 1. */
  lines: number[];
}
