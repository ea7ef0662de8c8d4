import { useState } from 'react';
import { HostileStretches } from './hostile-stretches.tsx';
import styles from './hostile-text.module.css';

interface HostileTextProps {
  /** Anything a server or an attacker wrote. */
  text: string;
  /** `block` keeps line ends. */
  as?: 'inline' | 'block';
  /** Longer text is folded to this many characters at first. */
  fold?: number;
  /** Longer text is cut here for good: for places that cannot hold a button. */
  cut?: number;
}

/** Never put more than this on the page without being asked. */
const MOST_AT_ONCE = 20_000;

/** Shows text nobody vouches for: as text, wrapped, cut, with invisible characters made visible. */
export function HostileText({ text, as = 'inline', fold = 240, cut }: HostileTextProps) {
  const [length, setLength] = useState(fold);
  if (cut !== undefined)
    return <HostileStretches text={text.length > cut ? `${text.slice(0, cut)}…` : text} as={as} />;

  const shown = text.length > length ? text.slice(0, length) : text;
  const hidden = text.length - shown.length;
  const next = Math.min(text.length, length < MOST_AT_ONCE ? MOST_AT_ONCE : length + MOST_AT_ONCE);

  return (
    <>
      <HostileStretches text={shown} as={as} />
      {hidden > 0 && (
        <button type="button" className={styles.more} onClick={() => setLength(next)}>
          {next === text.length
            ? `Show all ${text.length.toLocaleString('en')} characters`
            : `Show ${(next - shown.length).toLocaleString('en')} more of ${hidden.toLocaleString('en')} characters`}
        </button>
      )}
      {text.length > fold && length > fold && (
        <button type="button" className={styles.more} onClick={() => setLength(fold)}>
          Show less
        </button>
      )}
    </>
  );
}
