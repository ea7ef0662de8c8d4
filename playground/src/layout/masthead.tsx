import { Icon } from '../text/icon.tsx';
import { startHref } from '../place.ts';
import styles from './masthead.module.css';
import { ThemeChoice } from './theme-choice.tsx';

interface MastheadProps {
  navOpen: boolean;
  onToggleNav: () => void;
}

export function Masthead({ navOpen, onToggleNav }: MastheadProps) {
  return (
    <header className={styles.masthead}>
      <button
        type="button"
        className={styles.menu}
        aria-expanded={navOpen}
        aria-controls="topics"
        onClick={onToggleNav}
      >
        <Icon name={navOpen ? 'close' : 'menu'} /> Topics
      </button>
      <a className={styles.name} href={startHref}>
        Secure an MCP server
      </a>
      <ThemeChoice />
    </header>
  );
}
