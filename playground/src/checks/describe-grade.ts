import { countChecks, type GradeNow, type TopicNow } from '../lab-client/grade-run.ts';

/** What a grade that is over found in a topic, in a sentence or two. */
export function describeTopicGrade(now: GradeNow, slug: string): string {
  const topic = now.topics[slug];
  if (topic?.isThrough) return describeThrough(topic);
  const { through, all } = topic ? countChecks(topic) : { through: 0, all: 0 };
  const soFar = all === 0 ? '' : ` ${through} of ${all} checks were through.`;
  const reason = now.state === 'failed' ? now.message : 'Stopped.';
  return `${reason}${soFar} Your grade stays as it was.`;
}

/** What came of all topics that were asked for. */
export function describeGrade(now: GradeNow): string {
  const through = now.asked.flatMap((slug) => now.topics[slug] ?? []).filter((t) => t.isThrough);
  const solved = through.filter(({ checks }) => checks.every(({ state }) => state === 'passed'));
  const found = `${solved.length} of ${now.asked.length} topics passed all of their checks.`;
  if (now.state === 'done') return found;
  const reason = now.state === 'failed' ? now.message : 'Stopped.';
  if (through.length === 0) return `${reason} No topic was through. Your grades stay as they were.`;
  return `${reason} ${through.length} of ${now.asked.length} topics were through, and keep their new grade.`;
}

function describeThrough(topic: TopicNow): string {
  const { passed, all, points, earned } = countChecks(topic);
  const score = `${earned} of ${points} points`;
  return passed === all
    ? `All ${all} checks passed: ${score}.`
    : `${passed} of ${all} checks passed, ${all - passed} did not: ${score}.`;
}
