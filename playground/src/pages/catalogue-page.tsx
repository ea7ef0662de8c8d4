import type { TopicSummary } from '../../lab-api.ts';
import type { Place } from '../place.ts';
import { AuditPage } from './audit-page.tsx';
import { BurstPage } from './burst-page.tsx';
import { EnvelopePage } from './envelope-page.tsx';
import { findTopic } from './find-topic.ts';
import { FlowPage } from './flow-page.tsx';
import { ForensicsPage } from './forensics-page.tsx';
import { StartPage } from './start-page.tsx';
import { UnknownPage } from './unknown-page.tsx';
import { Workbench } from './workbench.tsx';

interface CataloguePageProps {
  place: Place;
  topics: TopicSummary[];
}

/**
 * The page for a place. Lesson and full-width console of a topic are one workbench, so that what
 * was fired stays when the reader goes from one to the other.
 */
export function CataloguePage({ place, topics }: CataloguePageProps) {
  if (place.page === 'start') return <StartPage topics={topics} />;
  if (place.page === 'audit') return <AuditPage topics={topics} />;
  if (place.page === 'flow') return <FlowPage step={place.step} topics={topics} />;
  if (place.page === 'burst') return <BurstPage topics={topics} />;
  if (place.page === 'envelope') return <EnvelopePage topics={topics} />;
  if (place.page === 'forensics') return <ForensicsPage topics={topics} />;

  const topic = findTopic(place, topics);
  if (!topic) return <UnknownPage place={place} />;
  return (
    <Workbench
      key={topic.slug}
      topic={topic}
      topics={topics}
      anchor={place.page === 'topic' ? place.anchor : undefined}
      openedId={place.page === 'attack' || place.page === 'use' ? place.id : undefined}
      openedVariant={place.page === 'attack' ? place.variant : undefined}
    />
  );
}
