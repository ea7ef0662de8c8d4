import styles from './conflict-banner.module.css';
import { Differences } from './differences.tsx';
import type { StubDraft } from './stub-draft.ts';

interface ConflictBannerProps {
  draft: StubDraft;
  busy: boolean;
  onTakeDisk: () => void;
  onOverwrite: () => void;
}

/** The file has changed under unsaved changes: nothing happens until the learner decides. */
export function ConflictBanner({ draft, busy, onTakeDisk, onOverwrite }: ConflictBannerProps) {
  return (
    <section className={styles.banner} aria-label="The file changed on disk">
      <p>Your changes began with an earlier version of this file. Which of the two stays?</p>
      <div className={styles.actions}>
        <button type="button" onClick={onTakeDisk}>
          Take the file’s version
        </button>
        <button
          type="button"
          aria-disabled={busy}
          onClick={() => {
            if (!busy) onOverwrite();
          }}
        >
          Keep mine and overwrite
        </button>
      </div>
      <p className={styles.note}>
        Undo in the editor brings your changes back. What is overwritten on disk is kept in{' '}
        <code>.workbook/saved</code>.
      </p>
      <details>
        <summary>Show the differences</summary>
        <p className={styles.note}>− in the file, + in the editor</p>
        <Differences
          before={{ where: 'In the file', text: draft.disk.text }}
          after={{ where: 'In the editor', text: draft.text }}
        />
      </details>
    </section>
  );
}
