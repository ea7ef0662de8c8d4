import type { TopicProgress, TopicSummary } from '../../lab-api.ts';
import { tallyOf } from '../progress/topic-tally.ts';
import type { IconName } from '../text/icon.tsx';

/** How far the learner is with a topic, in words and as an icon. */
export interface Standing {
  icon: IconName;
  text: string;
  finished: boolean;
}

export function standingOf(topic: TopicSummary, progress: TopicProgress = {}): Standing {
  const { read, attacks: total, blocked, tried, checks } = tallyOf(topic, progress);
  const allBlocked = total > 0 && blocked === total;
  const counted = `${blocked} of ${total} blocked`;
  const started = read || tried || checks !== undefined;
  const words = [
    ...(read && !allBlocked ? ['Read'] : []),
    ...(allBlocked ? ['All attacks blocked'] : total > 0 && started ? [counted] : []),
    ...(started ? [] : [total === 1 ? '1 attack' : `${total} attacks`]),
    ...(checks ? [`graded ${checks.passed} of ${checks.all}`] : []),
  ];
  const icon = allBlocked ? 'blocked' : read ? 'read' : 'notStarted';
  return { icon, text: words.join(', '), finished: allBlocked };
}
