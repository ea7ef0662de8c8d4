/**
 * A question of a quiz as it is asked, in the page and in the terminal. All kinds have one form:
 * options, and an answer that names some of them. Whoever asks compares what was picked with
 * `answer`, and decides nothing else.
 */
export interface Question {
  /** Unique in its topic. */
  id: string;
  kind: 'choose' | 'order' | 'hole';
  /** Plain text in which `backticks` mark code. So are the texts of options, but for lines of code. */
  question: string;
  /** Choices, steps or lines of code, in the order in which they are shown. */
  options: Option[];
  /** Indexes of options: the right choice, the line with the hole, or all steps in their order. */
  answer: number[];
}

export interface Option {
  text: string;
  /** Why it is right or wrong, or stands where it stands. A line of code without cannot be picked. */
  why?: string;
}
