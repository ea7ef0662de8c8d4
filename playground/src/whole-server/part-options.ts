import type { TopicSummary } from '../../lab-api.ts';

/** The parts of the course to choose from, by the topics that are fired; the last one of each ends it. */
export function partOptions(
  topics: readonly TopicSummary[],
): { value: string; title: string; note: string }[] {
  const numbers = [...new Set(topics.map(({ part }) => part))];
  return numbers.map((number) => {
    const own = topics.filter(({ part }) => part === number);
    const end = own.at(-1);
    return {
      value: String(number),
      title: `${own[0]?.number} to ${own.at(-2)?.number}`,
      note: `ended by ${end?.number} ${end?.title}`,
    };
  });
}
