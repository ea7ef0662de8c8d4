import { Suspense, useDeferredValue, useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { PageDialogs } from '../actions/page-dialogs.tsx';
import { useLab } from '../lab-client/lab-context.ts';
import { CataloguePage } from '../pages/catalogue-page.tsx';
import { findTopic } from '../pages/find-topic.ts';
import { WaitingPage } from '../pages/waiting-page.tsx';
import { readPlace } from '../place.ts';
import { areaOf } from './areas.ts';
import styles from './frame.module.css';
import { LabBanner } from './lab-banner.tsx';
import { Masthead } from './masthead.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { hasSideNav, SideNav } from './side-nav.tsx';
import { SkipLink } from './skip-link.tsx';
import { StubNotice } from './stub-notice.tsx';
import { WaitingBar } from './waiting-bar.tsx';

/** Everything around a page. */
export function Frame() {
  const [path] = useHashLocation();
  const { catalogue } = useLab();
  // What is shown stays until the next page can be: React takes its time to replace a fallback.
  const shownPath = useDeferredValue(path);
  const shown = useDeferredValue(catalogue);
  // The list belongs to the page it was opened on: going elsewhere closes it.
  const [navOpenOn, setNavOpenOn] = useState<string>();
  const place = readPlace(path);
  const area = areaOf(place.page);
  const navOpen = navOpenOn === path;
  const topics = catalogue.state === 'ready' ? catalogue.catalogue.topics : [];

  return (
    <>
      <SkipLink />
      <Masthead
        area={area}
        navOpen={navOpen}
        onToggleNav={() => setNavOpenOn(navOpen ? undefined : path)}
      />
      <div className={hasSideNav(area) ? styles.withSideNav : styles.frame}>
        <main id="main" className={styles.main} tabIndex={-1}>
          <LabBanner />
          <PageBoundary path={shownPath}>
            {path !== shownPath && <WaitingBar label="Loading the page" />}
            <Suspense fallback={<WaitingBar label="Loading the page" />}>
              {shown.state === 'ready' ? (
                <CataloguePage place={readPlace(shownPath)} topics={shown.catalogue.topics} />
              ) : (
                <WaitingPage problem={shown.state === 'failed' ? shown.message : undefined} />
              )}
            </Suspense>
          </PageBoundary>
        </main>
        {/* After the text, so that the keyboard is there soon; it is drawn before it. */}
        {hasSideNav(area) && (
          <SideNav
            area={area}
            page={place.page}
            topics={topics}
            current={findTopic(place, topics)?.slug}
            open={navOpen}
          />
        )}
      </div>
      <StubNotice />
      <PageBoundary path={path}>
        <PageDialogs topics={topics} />
      </PageBoundary>
    </>
  );
}
