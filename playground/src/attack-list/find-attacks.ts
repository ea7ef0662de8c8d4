import type { AttackSummary, TopicSummary } from '../../lab-api.ts';
import { hasEveryWord, wordsOf } from './match-words.ts';

export interface FoundAttacks {
  topic: TopicSummary;
  attacks: AttackSummary[];
}

/**
 * The attacks in which every word of `query` occurs: in the title, the id, the story, a reference,
 * the name of a variant, or the topic. Topics without any are left out.
 */
export function findAttacks(topics: TopicSummary[], query: string): FoundAttacks[] {
  const words = wordsOf(query);
  return topics
    .map((topic) => ({
      topic,
      attacks: topic.attacks.filter((attack) => hasEveryWord(textOfAttack(topic, attack), words)),
    }))
    .filter(({ attacks }) => attacks.length > 0);
}

/** All that an attack is found by, in lower case. */
export const textOfAttack = (topic: TopicSummary, attack: AttackSummary): string =>
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
