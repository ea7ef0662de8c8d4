import type { TopicProgress, TopicSummary } from '../../lab-api.ts';

/** What was done in a topic, counted. */
export interface TopicTally {
  read: boolean;
  attacks: number;
  /** Attacks that the learner's server withstood when they were fired last. */
  blocked: number;
  /** An attack was fired at the learner's server. */
  tried: boolean;
  /** Of the latest grade. */
  checks: { passed: number; all: number; at: string } | undefined;
  /** All checks passed. */
  passed: boolean;
}

export function tallyOf({ attacks }: TopicSummary, progress: TopicProgress = {}): TopicTally {
  const { read = false, verdicts = {}, grade } = progress;
  return {
    read,
    attacks: attacks.length,
    blocked: attacks.filter(({ id }) => verdicts[id] === 'blocked').length,
    tried: attacks.some(({ id }) => verdicts[id] !== undefined),
    checks: grade && { passed: grade.passed, all: grade.all, at: grade.at },
    passed: grade !== undefined && grade.all > 0 && grade.passed === grade.all,
  };
}
