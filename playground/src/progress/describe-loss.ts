import type { Progress } from '../../lab-api.ts';

/** What the page and the commands would no longer know, in a sentence. */
export function describeLoss(progress: Progress): string {
  const topics = Object.values(progress);
  const sum = (count: (topic: (typeof topics)[number]) => number): number =>
    topics.reduce((all, topic) => all + count(topic), 0);
  const parts = [
    counted(
      sum(({ read }) => Number(read ?? false)),
      'lesson opened',
      'lessons opened',
    ),
    counted(
      sum(({ answers = {} }) => Object.values(answers).filter(Boolean).length),
      'quiz answer',
      'quiz answers',
    ),
    counted(
      sum(({ verdicts = {} }) => Object.keys(verdicts).length),
      'verdict of an attack',
      'verdicts of attacks',
    ),
    counted(
      sum(({ grade }) => Number(grade !== undefined)),
      'grade',
      'grades',
    ),
    counted(
      sum(({ hints = 0 }) => hints),
      'hint seen',
      'hints seen',
    ),
    counted(
      sum(({ pins = [] }) => pins.length),
      'pinned payload',
      'pinned payloads',
    ),
  ].flat();
  if (parts.length === 0) return 'There is nothing in your record.';
  const last = parts.pop();
  const list = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  return `Your record holds ${list}. The page and the commands would know of none of it.`;
}

const counted = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
