import type { TopicSummary } from '../../lab-api.ts';
import { topicHref } from '../place.ts';

interface TopicLinkProps {
  slug: string;
  topics: TopicSummary[];
  anchor?: string;
}

export function TopicLink({ slug, topics, anchor }: TopicLinkProps) {
  const topic = topics.find((known) => known.slug === slug);
  return (
    <a href={topicHref(slug, anchor)}>
      {topic ? `Topic ${topic.number}, ${topic.title}` : `Topic ${slug}`}
    </a>
  );
}
