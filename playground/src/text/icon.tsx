import styles from './icon.module.css';

/** Outlines on a 16 by 16 grid. */
const outlines = {
  breached: 'M8 1.5 14.8 14H1.2ZM8 6v3.6M8 11.4v.8',
  blocked:
    'M8 1.3 13.5 3.4V8c0 3.4-2.3 5.7-5.5 6.8C4.8 13.7 2.5 11.4 2.5 8V3.4ZM5.4 8l1.9 1.9 3.4-3.7',
  inconclusive:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM6 6.2c.2-1.2 1-1.7 2-1.7s2 .6 2 1.7c0 1.4-2 1.6-2 3M8 11v.8',
  notRun: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM3.5 12.5l9-9',
  works: 'M2.5 8.5l3.5 3.5 7.5-8',
  fails: 'M3 3l10 10M13 3 3 13',
  notStarted: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z',
  read: 'M8 4C6.5 2.9 4.5 2.6 1.8 2.6v9.9c2.7 0 4.7.3 6.2 1.4 1.5-1.1 3.5-1.4 6.2-1.4V2.6C11.5 2.6 9.5 2.9 8 4ZM8 4v9.9',
  away: 'M4 8h8',
  unfold: 'M4 6l4 4 4-4',
  previous: 'M10 3.5 5.5 8l4.5 4.5',
  next: 'M6 3.5 10.5 8 6 12.5',
  fire: 'M4.5 2.8 13 8l-8.5 5.2Z',
  full: 'M9.5 2.5h4v4M13.5 2.5l-4.5 4.5M6.5 13.5h-4v-4M2.5 13.5 7 9',
  light:
    'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 .8v1.7M8 13.5v1.7M.8 8h1.7M13.5 8h1.7M2.9 2.9l1.2 1.2M11.9 11.9l1.2 1.2M13.1 2.9l-1.2 1.2M4.1 11.9l-1.2 1.2',
  dark: 'M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3Z',
  system: 'M1.5 2.5h13v8.5h-13ZM5.5 14h5M8 11v3',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3l3.7 3.7',
  menu: 'M2 4h12M2 8h12M2 12h12',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  external: 'M6 3H3v10h10v-3M9 2.5h4.5V7M13.5 2.5 7.5 8.5',
  waiting: 'M8 1.5a6.5 6.5 0 1 0 6.5 6.5',
} as const;

export type IconName = keyof typeof outlines;

interface IconProps {
  name: IconName;
}

/** Always beside a word that says the same; hidden from screen readers for that reason. */
export function Icon({ name }: IconProps) {
  return (
    <svg
      className={name === 'waiting' ? styles.turning : styles.icon}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={outlines[name]} />
    </svg>
  );
}
