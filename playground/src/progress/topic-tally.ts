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
  /** All checks passed, with files that load and are the learner's own. */
  passed: boolean;
  /** All checks of its fast track passed, likewise. */
  trackHolds: boolean;
  /** The files were saved since the latest grade. */
  changed: boolean;
  /** The learner's files do not load: nothing of what was known holds. */
  broken: boolean;
}

export function tallyOf(
  { attacks, questions }: TopicSummary,
  progress: TopicProgress = {},
): TopicTally {
  const {
    read: opened = false,
    verdicts = {},
    answers = {},
    grade,
    track,
    files,
    problem,
  } = progress;
  const broken = problem !== undefined;
  const isGraded = grade !== undefined && files !== 'as-shipped';
  const core = attacks.filter(({ level }) => level === 'core');
  const right = questions.filter((id) => answers[id] === true).length;
  return {
    opened,
    quiz: { right, all: questions.length },
    lessonDone: questions.length === 0 ? opened : right === questions.length,
    attacks: core.length,
    blocked: broken ? 0 : core.filter(({ id }) => verdicts[id] === 'blocked').length,
    tried: attacks.some(({ id }) => verdicts[id] !== undefined),
    checks: isGraded ? { passed: grade.passed, all: grade.all, at: grade.at } : undefined,
    passed: isGraded && !broken && grade.all > 0 && grade.passed === grade.all,
    trackHolds:
      track !== undefined && track.passed === track.all && files !== 'as-shipped' && !broken,
    changed: isGraded && files === 'changed',
    broken,
  };
}
