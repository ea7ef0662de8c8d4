/** What the checks found outlives a reload of this tab. The journal has only how many passed. */
import { keepJson, recallJson } from '../text/page-storage.ts';
import { noGradeYet, type GradeNow } from './grade-run.ts';

const KEY = 'checks';

export function keepGrade(now: GradeNow): void {
  const through = Object.entries(now.topics).filter(([, topic]) => topic?.isThrough);
  keepJson('tab', KEY, Object.fromEntries(through));
}

export function recallGrade(): GradeNow {
  const topics = recallJson('tab', KEY, areTopics);
  return topics ? { ...noGradeYet, topics } : noGradeYet;
}

/** Written by this page alone; a workbook that writes another shape takes another key. */
const areTopics = (value: unknown): value is GradeNow['topics'] =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(
    (topic: unknown) =>
      typeof topic === 'object' && topic !== null && 'checks' in topic && 'onlyTrack' in topic,
  );
