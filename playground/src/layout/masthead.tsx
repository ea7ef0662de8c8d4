import { startHref } from '../place.ts';
import { Icon } from '../text/icon.tsx';
import { AreaLinks } from './area-links.tsx';
import { learnArea, type Area } from './areas.ts';
import { MastheadActions } from './masthead-actions.tsx';
import styles from './masthead.module.css';
import { hasSideNav } from './side-nav.tsx';
import { ThemeChoice } from './theme-choice.tsx';

interface MastheadProps {
  area: Area;
  navOpen: boolean;
  onToggleNav: () => void;
}

export function Masthead({ area, navOpen, onToggleNav }: MastheadProps) {
  return (
    <header className={styles.masthead}>
      {hasSideNav(area) && (
        <button
          type="button"
          className={styles.menu}
          aria-label={area === learnArea ? 'Topics' : 'Pages'}
          aria-expanded={navOpen}
          aria-controls="side-nav"
          onClick={onToggleNav}
        >
          <Icon name={navOpen ? 'close' : 'menu'} />
          <span className={styles.menuWord}>{area === learnArea ? 'Topics' : 'Pages'}</span>
        </button>
      )}
      <a className={styles.name} href={startHref}>
        Secure an MCP server
      </a>
      <div className={styles.areas}>
        <AreaLinks current={area} />
      </div>
      <MastheadActions />
      <ThemeChoice />
    </header>
  );
}
