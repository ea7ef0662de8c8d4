import type { TopicProgress, TopicSummary } from '../../lab-api.ts';
import type { IconName } from '../text/icon.tsx';

/** How far the learner is with a topic, in words and as an icon. */
export interface Standing {
  icon: IconName;
  text: string;
  finished: boolean;
}

export function standingOf(topic: TopicSummary, marks: TopicProgress = {}): Standing {
  const total = topic.attacks.length;
  const blocked = topic.attacks.filter(({ id }) => marks.verdicts?.[id] === 'blocked').length;
  const tried = topic.attacks.some(({ id }) => marks.verdicts?.[id] !== undefined);
  const standing = `${blocked} of ${total} blocked`;
  if (total > 0 && blocked === total) {
    return { icon: 'blocked', text: 'All attacks blocked', finished: true };
  }
  if (marks.read) {
    return { icon: 'read', text: total === 0 ? 'Read' : `Read, ${standing}`, finished: false };
  }
  const attacks = total === 1 ? '1 attack' : `${total} attacks`;
  return { icon: 'notStarted', text: tried ? standing : attacks, finished: false };
}
