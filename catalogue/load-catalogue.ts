/** Finds the catalogue of a topic by its slug: a new topic is a new file, not an entry in a list. */
import { curriculum, partEndedBy, type Topic } from './curriculum.ts';
import type { Attack, LegitimateUse, TopicCatalogue } from '../lab/attack.ts';

export async function loadCatalogue(slug: string): Promise<TopicCatalogue> {
  const { catalogue } = (await import(`./attacks/${slug}/attacks.ts`)) as {
    catalogue: TopicCatalogue;
  };
  return catalogue;
}

/** Attacks that are graded; stretch attacks only when asked for. */
export const gradedAttacks = (catalogue: TopicCatalogue, withStretch: boolean): Attack[] =>
  catalogue.attacks.filter(({ level }) => withStretch || level === 'core');

/** Ordinary uses that are graded, likewise. */
export const gradedUses = (catalogue: TopicCatalogue, withStretch: boolean): LegitimateUse[] =>
  catalogue.uses.filter(({ level = 'core' }) => withStretch || level === 'core');

/** The check of a capstone that fires all that topic `slug` has. */
export const wholeServerCheck = (slug: string): string => `whole-${slug}`;

/** Checks of a topic that no control of its own can fail: it decides for a client, they ask a server. */
export function checksOfServerAlone(slug: string): string[] {
  const part = partEndedBy(slug);
  return part?.capstone.capstone === 'client'
    ? part.topics.map((topic) => wholeServerCheck(topic.slug))
    : [];
}

/** Every attack and use of the topics that are present, with its topic. */
export async function loadWholeCatalogue(): Promise<{
  attacks: Map<string, { topic: Topic; attack: Attack }>;
  uses: Map<string, { topic: Topic; use: LegitimateUse }>;
  byTopic: Map<string, TopicCatalogue>;
}> {
  const attacks = new Map<string, { topic: Topic; attack: Attack }>();
  const uses = new Map<string, { topic: Topic; use: LegitimateUse }>();
  const byTopic = new Map<string, TopicCatalogue>();
  for (const topic of curriculum) {
    const catalogue = await loadCatalogue(topic.slug);
    byTopic.set(topic.slug, catalogue);
    for (const attack of catalogue.attacks) attacks.set(attack.id, { topic, attack });
    for (const use of catalogue.uses) uses.set(use.id, { topic, use });
  }
  return { attacks, uses, byTopic };
}
