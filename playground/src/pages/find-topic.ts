import type { TopicSummary } from '../../lab-api.ts';
import type { Place } from '../place.ts';

/** The topic a place belongs to. */
export function findTopic(place: Place, topics: TopicSummary[]): TopicSummary | undefined {
  if (place.page === 'topic' || place.page === 'checks') {
    return topics.find(({ slug }) => slug === place.slug);
  }
  if (place.page === 'attack') {
    return topics.find(({ attacks }) => attacks.some(({ id }) => id === place.id));
  }
  if (place.page === 'use') {
    return topics.find(({ uses }) => uses.some(({ id }) => id === place.id));
  }
  return undefined;
}
