import { useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { useLab } from '../lab/lab-context.ts';
import { CataloguePage } from '../pages/catalogue-page.tsx';
import { findTopic } from '../pages/find-topic.ts';
import { WaitingPage } from '../pages/waiting-page.tsx';
import { readPlace } from '../place.ts';
import styles from './frame.module.css';
import { LabBanner } from './lab-banner.tsx';
import { Masthead } from './masthead.tsx';
import { SkipLink } from './skip-link.tsx';
import { StubNotice } from './stub-notice.tsx';
import { TopicNav } from './topic-nav.tsx';

/** Everything around a page. */
export function Frame() {
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
          page={place.page}
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
