import type { TopicProgress, TopicSummary } from '../../lab-api.ts';
import type { IconName } from '../text/icon.tsx';

/** How far the learner is with a topic, in words and as an icon. */
export interface Standing {
  icon: IconName;
  text: string;
  finished: boolean;
}

export function standingOf(topic: TopicSummary, progress: TopicProgress = {}): Standing {
  const { read, verdicts = {}, grade } = progress;
  const total = topic.attacks.length;
  const blocked = topic.attacks.filter(({ id }) => verdicts[id] === 'blocked').length;
  const tried = topic.attacks.some(({ id }) => verdicts[id] !== undefined);
  const allBlocked = total > 0 && blocked === total;
  const counted = `${blocked} of ${total} blocked`;
  const started = read || tried || grade !== undefined;
  const words = [
    ...(read && !allBlocked ? ['Read'] : []),
    ...(allBlocked ? ['All attacks blocked'] : total > 0 && started ? [counted] : []),
    ...(started ? [] : [total === 1 ? '1 attack' : `${total} attacks`]),
    ...(grade ? [`graded ${grade.passed} of ${grade.all}`] : []),
  ];
  const icon = allBlocked ? 'blocked' : read ? 'read' : 'notStarted';
  return { icon, text: words.join(', '), finished: allBlocked };
}
