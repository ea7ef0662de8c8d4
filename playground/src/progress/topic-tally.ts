import type { TopicProgress, TopicSummary } from '../../lab-api.ts';

/** What was done in a topic, counted. */
export interface TopicTally {
  /** The lesson was opened. */
  opened: boolean;
  /** Questions of its quiz that were answered right, of all. */
  quiz: { right: number; all: number };
  /** All of them, so that the lesson is ticked. */
  lessonDone: boolean;
  /** Those that count; stretch attacks go beyond the lesson. */
  attacks: number;
  /** Of these, the ones that the learner's server withstood when they were fired last. */
  blocked: number;
  /** An attack was fired at the learner's server. */
  tried: boolean;
  /** Of the latest grade. */
  checks: { passed: number; all: number; at: string } | undefined;
  /** All checks passed. */
  passed: boolean;
}

export function tallyOf(
  { attacks, questions }: TopicSummary,
  progress: TopicProgress = {},
): TopicTally {
  const { read: opened = false, verdicts = {}, answers = {}, grade } = progress;
  const core = attacks.filter(({ level }) => level === 'core');
  const right = questions.filter((id) => answers[id] === true).length;
  return {
    opened,
    quiz: { right, all: questions.length },
    lessonDone: questions.length === 0 ? opened : right === questions.length,
    attacks: core.length,
    blocked: core.filter(({ id }) => verdicts[id] === 'blocked').length,
    tried: attacks.some(({ id }) => verdicts[id] !== undefined),
    checks: grade && { passed: grade.passed, all: grade.all, at: grade.at },
    passed: grade !== undefined && grade.all > 0 && grade.passed === grade.all,
  };
}
