import { KeyNames } from '../actions/key-names.tsx';
import { perform } from '../actions/offered-actions.ts';
import { pageActions } from '../actions/page-actions.ts';
import { Icon } from '../text/icon.tsx';
import styles from './masthead-actions.module.css';
import { WhatIsLeft } from './what-is-left.tsx';

/** What opens over the page, each with its key. */
export function MastheadActions() {
  const { palette, keys } = pageActions;
  return (
    <div className={styles.actions}>
      <WhatIsLeft />
      <button
        type="button"
        className={styles.search}
        title="Go to"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => perform('palette')}
      >
        <Icon name="search" />
        <span className={styles.word}>Go to</span>
        <span className={styles.key} aria-hidden="true">
          <KeyNames keys={palette.keys} />
        </span>
      </button>
      <button
        type="button"
        className={styles.help}
        title={keys.title}
        aria-label="Keys"
        aria-haspopup="dialog"
        onClick={() => perform('keys')}
      >
        ?
      </button>
    </div>
  );
}
