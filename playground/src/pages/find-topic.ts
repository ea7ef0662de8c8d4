import type { TopicSummary } from '../../lab-api.ts';
import type { Place } from '../place.ts';

/** The topic a place belongs to. */
export function findTopic(place: Place, topics: TopicSummary[]): TopicSummary | undefined {
  switch (place.page) {
    case 'topic':
    case 'checks':
      return topics.find(({ slug }) => slug === place.slug);
    case 'attack':
      return topics.find(({ attacks }) => attacks.some(({ id }) => id === place.id));
    case 'use':
      return topics.find(({ uses }) => uses.some(({ id }) => id === place.id));
    default:
      return undefined;
  }
}
