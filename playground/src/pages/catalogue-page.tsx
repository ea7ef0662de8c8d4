import { lazy, type ComponentType } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { lessonLoader } from '../lesson/lessons.ts';
import type { Place } from '../place.ts';
import { findTopic } from './find-topic.ts';
import { UnknownPage } from './unknown-page.tsx';

type TopicsPage = ComponentType<{ topics: TopicSummary[] }>;

const loadStart = () => import('./start-page.tsx');

// Loaded when they are opened: most visits begin with a lesson.
const pages: Partial<Record<Place['page'], TopicsPage>> = {
  start: lazy(async () => ({ default: (await loadStart()).StartPage })),
  attacks: lazy(async () => ({ default: (await import('./attacks-page.tsx')).AttacksPage })),
  studies: lazy(async () => ({ default: (await import('./studies-page.tsx')).StudiesPage })),
  tokens: lazy(async () => ({ default: (await import('./tokens-page.tsx')).TokensPage })),
  envelope: lazy(async () => ({ default: (await import('./envelope-page.tsx')).EnvelopePage })),
  forensics: lazy(async () => ({ default: (await import('./forensics-page.tsx')).ForensicsPage })),
  progress: lazy(async () => ({ default: (await import('./progress-page.tsx')).ProgressPage })),
  'server-audit': lazy(async () => ({
    default: (await import('./server-audit-page.tsx')).ServerAuditPage,
  })),
  'whole-server': lazy(async () => ({
    default: (await import('./whole-server-page.tsx')).WholeServerPage,
  })),
};
const loadWorkbench = () => import('./workbench.tsx');
const Workbench = lazy(async () => ({ default: (await loadWorkbench()).Workbench }));
const BurstPage = lazy(async () => ({ default: (await import('./burst-page.tsx')).BurstPage }));
const FlowPage = lazy(async () => ({ default: (await import('./flow-page.tsx')).FlowPage }));

/**
 * Asks for what a page needs before anybody knows whether there is such a topic: the browser then
 * loads it together with the catalogue, and not after it.
 */
export function loadAhead(place: Place): void {
  if (place.page === 'start') loadStart().catch(() => undefined);
  if (!['topic', 'attack', 'use', 'checks'].includes(place.page)) return;
  // A problem is shown when it is wanted in earnest.
  loadWorkbench().catch(() => undefined);
  if (place.page === 'topic') lessonLoader(place.slug)?.().catch(() => undefined);
}

interface CataloguePageProps {
  place: Place;
  topics: TopicSummary[];
}

/**
 * The page for a place. Lesson and full-width console of a topic are one workbench, so that what
 * was fired stays when the reader goes from one to the other.
 */
export function CataloguePage({ place, topics }: CataloguePageProps) {
  const Page = pages[place.page];
  if (Page) return <Page topics={topics} />;
  if (place.page === 'burst') return <BurstPage key={place.to} to={place.to} topics={topics} />;
  if (place.page === 'flow')
    return <FlowPage flowId={place.flow} step={place.step} topics={topics} />;

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
      checksOpened={place.page === 'checks'}
      onTrack={place.page === 'checks' && place.onTrack === true}
    />
  );
}
