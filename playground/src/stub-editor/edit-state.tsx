import { Icon } from '../text/icon.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './edit-state.module.css';
import { isEdited, isOutdated, type StubDraft } from './stub-draft.ts';
import type { StubFile } from './use-stub-file.ts';

/** Whether the editor and the file are the same, in words. */
export function EditState({ draft, saving, problem, keepsEdits }: StubFile) {
  return (
    <StatusRegion className={styles.state}>
      {problem !== undefined && (
        <p className={styles.problem}>
          <Icon name="fails" /> {problem}
        </p>
      )}
      {saving ? (
        <p>
          <Icon name="waiting" /> Saving…
        </p>
      ) : (
        draft && (isEdited(draft) ? <Unsaved draft={draft} keepsEdits={keepsEdits} /> : <Same />)
      )}
    </StatusRegion>
  );
}

function Unsaved({ draft, keepsEdits }: { draft: StubDraft; keepsEdits: boolean }) {
  return (
    <>
      {isOutdated(draft) && (
        <p className={styles.unsaved}>
          <Icon name="inconclusive" /> <strong>The file changed on disk.</strong> Nothing was
          overwritten.
        </p>
      )}
      <p className={styles.unsaved}>
        <strong>Unsaved changes</strong>
        {draft.restored && ' from your last visit'}.{' '}
        {keepsEdits
          ? 'This browser keeps them until you save or discard them.'
          : 'This browser cannot keep them: save before you leave.'}
      </p>
    </>
  );
}

function Same() {
  return (
    <p>
      <Icon name="works" /> The same as on disk.
    </p>
  );
}
