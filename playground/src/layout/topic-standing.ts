import type { TopicProgress, TopicSummary } from '../../lab-api.ts';
import { tallyOf, type TopicTally } from '../progress/topic-tally.ts';
import type { IconName } from '../text/icon.tsx';

/** How far the learner is with a topic, in words and as an icon. */
export interface Standing {
  icon: IconName;
  text: string;
  finished: boolean;
}

/** A lesson is ticked by its quiz, a topic by its grade. */
export function standingOf(topic: TopicSummary, progress: TopicProgress = {}): Standing {
  const tally = tallyOf(topic, progress);
  const words = [...lessonWords(tally), ...fileWords(tally)];
  return { icon: iconOf(tally), text: capitalized(words.join(', ')), finished: tally.passed };
}

function fileWords(tally: TopicTally): string[] {
  if (tally.broken) return ['does not load'];
  if (!tally.passed) return attackWords(tally);
  return [tally.changed ? 'solved, saved since' : 'solved'];
}

function iconOf({ opened, lessonDone, attacks, blocked, passed, broken }: TopicTally): IconName {
  if (broken) return 'notRun';
  if (passed) return 'works';
  if (attacks > 0 && blocked === attacks) return 'blocked';
  if (lessonDone) return 'works';
  return opened ? 'read' : 'notStarted';
}

function lessonWords({ opened, quiz, lessonDone }: TopicTally): string[] {
  if (lessonDone) return ['lesson done'];
  if (quiz.right > 0) return [`${quiz.right} of ${quiz.all} answered`];
  return opened ? ['opened'] : [];
}

function attackWords(tally: TopicTally): string[] {
  const { opened, lessonDone, attacks, blocked, tried, checks } = tally;
  const started = opened || lessonDone || tried || checks !== undefined;
  if (!started) return [attacks === 1 ? '1 attack' : `${attacks} attacks`];
  const all = blocked === attacks ? 'all attacks blocked' : `${blocked} of ${attacks} blocked`;
  return [
    ...(attacks > 0 ? [all] : []),
    ...(checks ? [`graded ${checks.passed} of ${checks.all}`] : []),
  ];
}

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
