import { useEffect, useRef, type ReactNode } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import type { Place } from '../place.ts';
import { learnArea, type Area } from './areas.ts';
import styles from './side-nav.module.css';
import { TopicLinks } from './topic-links.tsx';

interface SideNavProps {
  area: Area;
  page: Place['page'];
  topics: TopicSummary[];
  /** Slug of the topic that is open, if any. */
  current: string | undefined;
  /** On narrow screens the list is closed until asked for. */
  open: boolean;
}

/** Whether an area has more than the one page that the masthead leads to. */
export const hasSideNav = (area: Area): boolean => area === learnArea || area.links.length > 1;

/** The pages of an area. */
export function SideNav({ area, page, topics, current, open }: SideNavProps): ReactNode {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open) nav.current?.querySelector('a')?.focus();
  }, [open]);
  return (
    <nav
      ref={nav}
      id="side-nav"
      className={open ? `${styles.nav} ${styles.open}` : styles.nav}
      aria-label={area === learnArea ? 'Topics' : area.title}
    >
      {area.links.map((link) => (
        <a
          key={link.page}
          className={styles.link}
          href={link.href}
          aria-current={page === link.page ? 'page' : undefined}
        >
          {link.title}
        </a>
      ))}
      {area === learnArea && <TopicLinks topics={topics} current={current} />}
    </nav>
  );
}
