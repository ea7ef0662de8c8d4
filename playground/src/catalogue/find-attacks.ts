import type { AttackSummary, TopicSummary } from '../../lab-api.ts';

export interface FoundAttacks {
  topic: TopicSummary;
  attacks: AttackSummary[];
}

/**
 * The attacks in which every word of `query` occurs: in the title, the id, the story, a reference,
 * the name of a variant, or the topic. Topics without any are left out.
 */
export function findAttacks(topics: TopicSummary[], query: string): FoundAttacks[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return topics
    .map((topic) => ({
      topic,
      attacks: topic.attacks.filter((attack) => {
        const text = textOf(topic, attack);
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ attacks }) => attacks.length > 0);
}

const textOf = (topic: TopicSummary, attack: AttackSummary): string =>
  [
    topic.number,
    topic.title,
    attack.id,
    attack.title,
    attack.story,
    ...attack.references.map(({ label }) => label),
    ...Object.keys(attack.variants),
  ]
    .join('\n')
    .toLowerCase();
