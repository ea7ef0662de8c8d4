import { useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import styles from './app.module.css';
import { LabProvider } from './lab/lab-provider.tsx';
import { useLab } from './lab/lab-context.ts';
import { LabBanner } from './layout/lab-banner.tsx';
import { Masthead } from './layout/masthead.tsx';
import { SkipLink } from './layout/skip-link.tsx';
import { StubNotice } from './layout/stub-notice.tsx';
import { TopicNav } from './layout/topic-nav.tsx';
import { CataloguePage } from './pages/catalogue-page.tsx';
import { WaitingPage } from './pages/waiting-page.tsx';
import { findTopic } from './pages/find-topic.ts';
import { readPlace } from './place.ts';

export function App() {
  return (
    <LabProvider>
      <Frame />
    </LabProvider>
  );
}

function Frame() {
  const [path] = useHashLocation();
  const { catalogue } = useLab();
  // The list belongs to the page it was opened on: going elsewhere closes it.
  const [navOpenOn, setNavOpenOn] = useState<string>();
  const place = readPlace(path);
  const navOpen = navOpenOn === path;
  const topics = catalogue.state === 'ready' ? catalogue.catalogue.topics : [];

  return (
    <>
      <SkipLink />
      <Masthead navOpen={navOpen} onToggleNav={() => setNavOpenOn(navOpen ? undefined : path)} />
      <div className={styles.frame}>
        <TopicNav
          topics={topics}
          current={findTopic(place, topics)?.slug}
          onStartPage={place.page === 'start'}
          open={navOpen}
        />
        <main id="main" className={styles.main} tabIndex={-1}>
          <LabBanner />
          {catalogue.state === 'ready' ? (
            <CataloguePage place={place} topics={topics} />
          ) : (
            <WaitingPage problem={catalogue.state === 'failed' ? catalogue.message : undefined} />
          )}
        </main>
      </div>
      <StubNotice />
    </>
  );
}
